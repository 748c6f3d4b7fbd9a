## How a group has things. Any member can change it, and the room is told.

group = This group
    .help = See how this group has things.
group-intro = This is how this group has things:
group-zone-now = Times in { $zone }
group-nation-now = Nation: { $nation }
group-language-now = Language: { $locale }
group-devices-are-any = I can be read on any device of a member
group-devices-are-verified = I can be read only on devices that their owners verified
group-channel-none = Private rooms: in the first channel that I can make them in
group-channel-now = Private rooms: under { $channel }
group-change = Any member can change this. The room is told what changed.
group-already = It is that way already.
group-kept = Kept, and the room is told:

group-zone = The group’s time zone
    .help = Set the time zone of this group.
group-zone-zone = Time zone
    .ask = Which time zone? For example “Europe/London” or “Dublin”.
group-zone-changed = This group now goes by the time in { $zone }.
group-nation = The group’s nation
    .help = Set the nation whose cards this group sees first.
group-nation-nation = Nation
    .ask = England, Scotland, Wales or Northern Ireland?
group-nation-changed = This group’s nation is now { $nation }.
group-language = The group’s language
    .help = Set the language I speak in this group.
group-language-locale = Language
    .ask = Which language?
group-language-changed = This group’s language is now { $to }.
group-channel = The channel for private rooms
    .help = Set the channel that private rooms are made under.
group-channel-channel = Channel
    .ask = Under which channel? Two people who meet must both be able to see it.
group-channel-changed = Private rooms are now made under { $channel }.
group-devices = Devices
    .help = Set which devices can read what I send.
group-devices-devices = Devices
    .ask = Only devices that their owners verified, or any?
group-devices-unvouched = After that I would not hear you: the device you typed on is not verified, or this chat is not encrypted. Verify it in your app’s settings. Then type “group devices verified” on it, in an encrypted chat with me.
group-devices-now-verified = From now on, only devices that their owners verified can read what I send.
group-devices-now-any = From now on, any device of a member can read what I send.

# What can be chosen under it.
group-set-zone = Set the time zone
group-set-nation = Set the nation
group-set-language = Set the language
group-set-channel = Set the channel for private rooms
group-set-verified = Only verified devices
group-set-any = Any device

# To the person who invited the bot, in private.
group-set-up = You invited me to your group. It now has things this way:
group-set-up-rooms = Invite me to each room of the group where I can be of use.
group-set-up-how = Is something not right? Answer with its number. At any time, type “group” here, or with ! before it in your group’s room.
