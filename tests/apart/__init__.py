"""Groups apart, nothing recorded, crashes without words, and nobody talked to but the platform."""
