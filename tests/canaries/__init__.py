"""Nothing that was said is kept, on any world; and what is kept against that is found."""
