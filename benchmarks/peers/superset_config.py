"""Settings of the Superset that is measured: its own defaults, but for where it keeps its state and who may call it."""

import os

SECRET_KEY = os.environ["BENCH_SECRET"]
SQLALCHEMY_DATABASE_URI = "sqlite:///" + os.environ["BENCH_HOME"] + "/superset.db"
WTF_CSRF_ENABLED = False  # the calls carry a token of the API instead
TALISMAN_ENABLED = False
