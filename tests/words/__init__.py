"""The catalogue, and whether Python and the catalogue agree."""
