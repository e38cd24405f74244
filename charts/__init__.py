"""How numbers look: themes, formats, Altair chart families and wall scenes; pure, it reads no data by itself."""
