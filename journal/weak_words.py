"""The one list of words that passwords and secrets are guessed by first, and that no good one is made of."""

from __future__ import annotations

# Letters alone, as whoever compares with them has taken digits and signs away.
WEAK_WORDS = (
    *("administrator", "admin", "superuser", "root", "operator", "user", "guest", "test", "demo", "contoh"),
    *("password", "passwd", "passw", "pass", "katasandi", "sandi", "rahasia", "secret", "changeme", "default"),
    *("welcome", "letmein", "selamatdatang", "bismillah", "alhamdulillah", "indonesia", "merdeka", "pancasila"),
    *("nusantara", "pendopo", "dashboard", "commandcenter", "smartcity", "pemda", "pemkab", "pemkot", "kominfo"),
    *("diskominfo", "kabupaten", "mojokerto", "qwertyuiop", "qwerty", "asdfghjkl", "zxcvbnm", "abc"),
    *("iloveyou", "sayang", "example", "sample", "ganti", "insecure", "placeholder", "redacted", "streamlit", "xxxx"),
    *("your",),
)
