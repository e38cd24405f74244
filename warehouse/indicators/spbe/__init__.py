"""Results of the electronic government evaluation (SPBE)."""
