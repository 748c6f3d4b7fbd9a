## What only Discord needs to say.

# What is shown of a word that several commands begin with.
slash-group = How this group has things.
slash-hello = Hellos at times that you choose.
slash-me = How you like things.
slash-mydata = What is kept of you.
slash-rota = Take turns at being around.
slash-sit = Company, when you ask for it.

# A choice that has no button of its own.
discord-choice = { $label }: { $typed }

# To a slash command in a direct message, where no group can be meant.
discord-in-a-server = Use this in your group’s server. Only you see the answer there too.
# When nothing is to be said: it was done before, or asked too often.
discord-done = There is nothing more to do.
# In the place of an answer that was announced, when the program was stopped before it came.
discord-ask-again = I was stopped before I could answer. Please ask again.

# Under a message with many choices.
discord-menu = Choose
# To a button of an earlier version, or of a command that is no more.
discord-old-button = This button has had its day. The command itself still works: type “help”.
# Where the bot is not, or is not any more.
discord-not-here = I am not in this server, so I can do nothing here. Whoever looks after it can add me.

# Once, when the bot was added to a server.
discord-hello = Hello. I help this group look after each other: rotas, company when someone asks for it, and practical signposts. Only you see what I answer you. To see what there is, type “help”.
discord-hello-set-up = Whoever added me can see how things are set up here, and change it, with the button. Only the changes themselves are told to all.
discord-set-up = See the set-up
# What private rooms are called, before a mark that tells one from another.
discord-room-name = Private room

# Who can read a private room without being in it.
discord-readers = Who else can read this
discord-readers-roles = Everybody with one of these roles: { $roles }
discord-readers-people = These people, by what they may do in this server: { $people }
discord-readers-company = Discord, the company. It is not encrypted from end to end.
discord-readers-bot = I am in it only to take it away. Discord does not tell me what you write.
discord-readers-stays = I may not delete threads here: what is said stays, archived, until somebody who may deletes it.

# What the bot may not do in a channel.
discord-lacks-view = I cannot see { $channel } (View Channel), so I can make no private rooms there.
discord-lacks-create = I cannot make private threads in { $channel } (Create Private Threads), so there can be no private rooms there.
discord-lacks-speak-in-threads = I cannot write in threads of { $channel } (Send Messages in Threads), so I cannot show people their card there.
discord-lacks-speak = I cannot write in { $channel } (Send Messages), so news of rotas and of changes cannot be told there.
discord-lacks-delete = I cannot delete threads in { $channel } (Manage Threads), so a private room stays, archived, when it is over.

# After what I cannot reach, when files are handed over.
discord-files = These files, which Discord can read, and keeps for as long as it decides.

# To the question who can read what.
about-readers-discord = What I answer you, only you see. What I tell the group, everybody who can see that channel reads.
about-readers-discord-nothing = I am not told what people write: not in channels, not in private rooms, not in direct messages to me. I hear only commands, buttons and forms of my own.
about-readers-discord-rooms = Private rooms are private threads. Whoever may manage threads in this server can read them; “about” with “room” names them, in the room itself.
about-readers-discord-company = Discord, the company, can read everything, and keeps who used which command when. Nothing there is encrypted from end to end.
