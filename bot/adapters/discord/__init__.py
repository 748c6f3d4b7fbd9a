"""Discord. Not yet a world that can be served: what is here says commands, choices and messages in Discord's terms."""
