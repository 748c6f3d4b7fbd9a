## The local room: a page in a browser on one machine, for trying things out.

local-title = Alongside: the local room
local-what = Try a peer group on your own: you are { $people }, all at once.
local-begin = To begin: as Bea, type “sit open”. Then as Ash, type “sit quiet 30 minutes”.
local-still = This browser runs no scripts here. Everything works, but read the page again to see what is new.
local-lost = The room has stopped, or this page lost it. Start it again and open the new address.
local-skip = Go straight to the people
local-limits = What you type here stays in this computer’s memory, and is gone when the room stops. The page can only be opened on this computer.
local-back = Back to the room

local-views = Ways to see the room
local-view-all = See everyone side by side
local-view-one = See only what { $person } sees

# The clock
local-clock = The clock in this room
local-clock-now = { $now }
local-clock-hour = An hour later
local-clock-morning = Tomorrow 09:00
local-clock-by = Move on by
local-clock-example = 1 day
local-clock-go = Move on
local-clock-moved = The clock now says { $now }.

# What is said
local-bot = The bot
local-at = { $time }
local-choices = You can answer
local-file = Download { $name }
local-or-type = or type: { $typed }
local-or-type-to-bot = or type to the bot: { $typed }
local-type-instead = { $label }: type to the bot, “{ $typed }”

# Each person
local-talk = { $person } and the bot, in private
local-talk-empty = Only this person sees what stands here. Type “help”, or open “What can I ask?” below.
local-type = Type to the bot as { $person }
local-send = Send
local-send-as = as { $person }
local-menu = What can I ask?
local-menu-how = Open one, fill it in and ask. Or type the same words above.
local-needed = (needed)
local-choose = Choose one
local-leave-out = Leave this out
local-paste = Or paste what is in the file
local-ask = Ask
local-asked = Asked. The answer comes in what { $person } and the bot say, above.

# The group’s room
local-room = The group’s room
local-room-log = The group’s room, as everyone sees it
local-room-empty = Everyone sees what stands here.
local-room-who = Who is typing
local-room-type = Type in the group’s room
local-room-hint = The bot reads only lines that start with “!”, such as !help. Everyone sees the line. The answer comes to that person alone.
local-send-to-room = to the group’s room

# A meeting room
local-meeting = A room for { $people }
local-meeting-private = Only { $people } see this. The bot reads nothing that is typed here. To tell it something, type to the bot above.
local-meeting-log = What { $people } say to each other
local-meeting-type = Type in this room as { $person }
local-meeting-leave = Leave this room
local-meeting-open = A room for you and { $others } is open, below.
local-meeting-out = You are out of the room with { $others }. What was said in it is gone when everyone has left.
local-meeting-gone = The room with { $others } is closed. What was said in it is gone.
local-bot-left = The bot has left this room.
local-left = { $person } has left.

# What does not work, and what would
local-text-empty = Nothing was typed. Type a few words first.
local-text-long = That is too long. Up to { $longest } letters fit.
local-form-unclear = That could not be read, so nothing was changed. Read the page again and try once more.
local-form-large = That is too much at once, so nothing was changed. Send a few words.
local-meeting-closed = That room is closed, or you have left it.
local-streams-many = Too many pages are open here. Close one and read this page again.
local-not-there = There is nothing at this address.
local-host-wrong = This page can only be opened at the address that was printed on this computer.
local-origin-wrong = That did not come from the room’s own page, so nothing was changed.
local-token-wrong = Open the whole address that was printed when the room started; it holds the key to this page.
