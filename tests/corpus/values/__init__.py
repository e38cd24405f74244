"""What cells mean: numbers, dates, codes, checks, holds, corrections, personal marks; each with its right reading."""
