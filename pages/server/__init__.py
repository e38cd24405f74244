"""The edge of the server: what is checked before it opens a port, and around every request before Streamlit sees it."""
