"""Roles in words: one sentence each and the matrix of rights, both read from what `warehouse.scope` allows."""

from __future__ import annotations

from gettext import gettext as _

import pandas as pd
import streamlit as st

from warehouse.scope import ALLOWED, PEOPLE_ROLES, Action, Role

YES, GRANTED, NO = "ya", "bila diberi hak", "–"


def role_sentence(role: Role) -> str:
    """`Boleh melihat halaman kerja, ... . Tidak boleh ...`: what a role may, at most."""
    may = [action.value for action in Action if action in ALLOWED[role] and action is not Action.SEE_RESTRICTED]
    words = _("Boleh {may}.").format(may=_listed(may))
    if Action.SEE_RESTRICTED in ALLOWED[role]:
        words += " " + _("Dapat diberi hak {right}.").format(right=Action.SEE_RESTRICTED.value)
    if role is Role.OPD:
        words += " " + _("Hanya baris OPD-nya sendiri.")
    return words


def right_words(role: Role, action: Action) -> str:
    """One cell of the matrix."""
    if action not in ALLOWED[role]:
        return NO
    return GRANTED if action is Action.SEE_RESTRICTED else YES


def row_title(action: Action) -> str:
    """With a capital in front; OPD keeps its own."""
    return action.value[0].upper() + action.value[1:]


def rights_matrix() -> pd.DataFrame:
    """One row a right, one column a role."""
    rows = [[row_title(action), *(right_words(role, action) for role in PEOPLE_ROLES)] for action in Action]
    return pd.DataFrame(rows, columns=[_("Hak"), *(role.value for role in PEOPLE_ROLES)])


def show_roles() -> None:
    with st.expander(_("Peran dan hak")):
        st.markdown("\n".join(f"- **{role.value}**: {role_sentence(role)}" for role in PEOPLE_ROLES))
        st.table(rights_matrix(), hide_index=True, border="horizontal")
        st.caption(
            _(
                "Peran adalah batas atas; OPD dan kecamatan hanya mempersempit. Yang dibatasi pada satu OPD atau satu "
                "kecamatan tidak melihat dinding dan tidak mengelola, karena keduanya menyangkut seluruh daerah."
            )
        )


def _listed(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("{first}, dan {last}").format(first=", ".join(words[:-1]), last=words[-1])
