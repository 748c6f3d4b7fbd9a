"""What the person who runs Alongside does and is told: setting up, checking, starting, stopping, in plain sentences."""
