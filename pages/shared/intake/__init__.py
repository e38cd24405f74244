"""Handing data over: who brings it, what was understood of it, the receipt."""
