"""Setor data: what an agency owes and by when, the workbook to fill, upload with a preview, and a receipt."""

from __future__ import annotations

from gettext import gettext as _

from pages.shared.access import require
from pages.shared.heading import open_desk, section
from pages.shared.intake.file import offer_template, take_file
from pages.shared.intake.mending import offer_mending
from pages.shared.intake.nil import offer_nil
from pages.shared.intake.receipt import show_receipt
from pages.shared.intake.sample import offer_removal
from pages.shared.intake.sender import choose_channel, choose_sender
from pages.shared.intake.source import choose_source
from pages.shared.render import show_section
from reports.deliveries import read_deliveries
from reports.delivery_calendar import calendar_section, sent_section
from warehouse.filters import Filters
from warehouse.scope import Action

require(Action.DELIVER)
desk = open_desk(_("Setor data"))
sender = choose_sender(desk)
show_receipt(desk)
own = Filters(opd=(sender.opd_code,))
cut = read_deliveries(desk, own)
show_section(desk, calendar_section(desk, cut))
with section(_("Kirim")):
    contract, agreed = choose_source(desk, sender)
    offer_removal(desk, contract)
    offer_template(contract, agreed)
    channel = choose_channel(sender)
    take_file(desk, contract, sender, channel)
    offer_nil(desk, contract, sender, channel)
show_section(desk, sent_section(desk, cut))
offer_mending(desk, cut, own)
