"""What the numbers mean: schema, releases, rules, indicators, and the questions screens may ask."""
