## What only Matrix needs to say.

# The name people see in their list of devices.
matrix-device-name = Alongside
# Seen in everybody's list of rooms, perhaps by others over their shoulder.
matrix-room-name = Private room

matrix-hello = Hello. I am Alongside, a bot for peer groups.
matrix-hello-how = Type !help here. I answer only you, in a direct chat. I send you an invitation to it first.
matrix-hello-reads = I can see what is written in this room. I read only lines that start with ! and let the rest go.

# Under a numbered list in a direct chat.
matrix-answer-number = To answer, type the number or the words, or react with the number. To undo it, take your reaction back.
# A choice shown in a room, where a number would not be clear.
matrix-choice = { $label }: { $command }

matrix-no-group = We are not in a group together. Ask your group to invite me to its room, then type !help there. To see what I still keep of you, or let it go, type “mydata” here.
matrix-file-unasked = I was not waiting for a file. To bring a rota in from one, type “rota import”.
matrix-which-group = We share more than one group. Type the command in your group’s room, with ! before it. I answer you here.

# To someone whose group asks for verified devices only, from a device that is not.
matrix-not-verified = A group we share asks for verified devices. The device you typed on is not verified.
matrix-not-verified-so = I do nothing it asks for in that group, and what I write to you may not show on it.
matrix-not-verified-how = In your app’s settings, look for “verify this device” or “encryption”. Then type again.
matrix-not-verified-new = Did you reset your encryption? Then leave our groups, and let them invite you again.
# Shown where the bot stays out of a room.
matrix-too-many-rooms = I go into at most { $most } rooms an hour at one person’s invitation. Please invite me again later.
matrix-shut-out = This room goes on in a new one, and I cannot go there by myself. Invite me there, and everything comes along.

# After what I cannot reach, when files are handed over.
matrix-files-sealed = These files on your server, which keeps them for as long as it is set to. It cannot read them.
matrix-files-open = These files on your server, which keeps them for as long as it is set to. It can read them, for this chat is not encrypted.
