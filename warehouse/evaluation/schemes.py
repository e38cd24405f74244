"""Every scheme that can be tried by itself, by its name on the command line."""

from __future__ import annotations

from warehouse.evaluation import (
    bor,
    dbd,
    dbd_siaga,
    ika,
    ikl,
    iklh,
    iku,
    ip,
    ispu,
    kinerja,
    panggilan,
    ppkm,
    rekap_112,
    sampel,
    spbe,
    spbe_jalan,
    spbe_terbitan,
    stunting,
)
from warehouse.evaluation.model import Scheme

SCHEMES: tuple[Scheme, ...] = (
    bor.SCHEME,
    dbd.SCHEME,
    dbd_siaga.SCHEME,
    ika.SCHEME,
    ikl.SCHEME,
    iklh.SCHEME,
    iku.SCHEME,
    ip.SCHEME,
    ispu.SCHEME,
    kinerja.SCHEME,
    panggilan.SCHEME,
    ppkm.SCHEME,
    rekap_112.SCHEME,
    sampel.SCHEME,
    spbe.PEMDI,
    spbe.SPBE,
    spbe_jalan.PEMDI,
    spbe_jalan.SPBE,
    spbe_terbitan.SCHEME,
    stunting.SCHEME,
)
BY_ID = {scheme.id: scheme for scheme in SCHEMES}
