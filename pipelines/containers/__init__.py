"""Opens a delivered file, whatever it came in: by content, within limits, into grids of cells or one delimited text.

Knows no contract beyond the shape of the file, and judges no value.
"""

from pipelines.containers.opening import open_file

__all__ = ["open_file"]
