"""Hello for me: to be said hello to, at times that a person chose. Pure."""
