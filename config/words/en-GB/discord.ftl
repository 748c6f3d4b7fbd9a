## What only Discord needs to say.

# What is shown of a word that several commands begin with.
slash-group = How this group has things.
slash-me = How you like things.
slash-rota = Take turns at being around.
slash-sit = Company, when you ask for it.

# A choice that has no button of its own.
discord-choice = { $label }: /{ $command }

# To a slash command in a direct message, where no group can be meant.
discord-in-a-server = Use this in your group’s server. Only you see the answer there too.
# When nothing is to be said: it was done before, or asked too often.
discord-done = There is nothing more to do.
