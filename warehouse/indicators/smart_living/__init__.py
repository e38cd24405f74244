"""The 112 emergency line: calls, response times, open tickets."""
