# Sitting together as a group: an open hour.

sit-together = Sit together as a group
    .help = Start an open hour: people come and go, and nobody keeps a list.
sit-together-wanted = What kind
    .ask = Quiet, talking, either, or side by side?
sit-together-length = How long
    .ask = For how long? Up to 4 hours. Leave it out for one hour.
sit-together-at = When
    .ask = When? Leave it out for now.
sit-together-where = Where
    .ask = In which room? Leave it out for the usual one.
sit-together-name = Your name
    .ask = With your name, or without? Leave it out to stay without.
sit-together-open = Start it
    .help = Start the open hour that was shown to you.
sit-together-open-wanted = What kind
    .ask = Quiet, talking, either, or side by side?
sit-together-open-length = How long
    .ask = For how long? Up to 4 hours. Leave it out for one hour.
sit-together-open-at = When
    .ask = When? Leave it out for now.
sit-together-open-where = Where
    .ask = In which room? Leave it out for the usual one.
sit-together-open-name = Your name
    .ask = With your name, or without? Leave it out to stay without.
sit-together-end = End it
    .help = End the open hour that you started, or call it off.
sit-together-end-code = Which one
    .ask = The short code of one open hour. Leave it out for the one you have.
rota-together = Open hours of a rota
    .help = Let each shift that somebody is on be an open hour.
rota-together-rota = Which rota
    .ask = Which rota? Its number or its name.
rota-together-wanted = What kind
    .ask = Quiet, talking, either, or side by side?
rota-together-answer = On or off
    .ask = “off” ends it. Otherwise leave it out.

together-quiet = quiet company
together-talk = talking
together-either = company, quiet or talking
together-beside = side by side, each doing something of their own

# What the room hears.
together-begins = There is an open hour here, until { $until }: { $company }. Come and go as you like; nobody keeps a list.
together-begins-named = { $person } has started an open hour here, until { $until }: { $company }. Come and go as you like; nobody keeps a list.
together-planned = There will be an open hour here on { $at }, until { $until }: { $company }. Come and go as you like; nobody keeps a list.
together-planned-named = { $person } has planned an open hour here on { $at }, until { $until }: { $company }. Come and go as you like; nobody keeps a list.
together-over = The open hour is over. Thank you for being here.
together-called-off = The open hour on { $at } will not be.
together-rota-holds = From now on, each shift of “{ $name }” that somebody is on is an open hour here: { $company }. To end this, anyone can type “rota together { $number } off”.
together-rota-held = The shifts of “{ $name }” are no open hours any more.

# What whoever starts one sees.
together-preview = Nothing has been said yet. I will say this in the room, at the beginning and at the end:
together-preview-later = Nothing has been said yet. I will say this in the room: now, at the beginning, and at the end:
together-preview-free = Nobody is pinged, and I do not look who comes. Everybody in the group can read the room and come in.
together-open-it = Say it
together-opened = It is open until { $until }, and ends by itself. To end it sooner, choose “End it”: here, or later under “sit together”.
together-kept = It is planned for { $at }. The room is told now, and again when it begins. You can call it off: here, or later under “sit together”.
together-end-it = End it
together-call-it-off = Call it off
together-call-off = Call off { $at }
together-end-stands = It is gone, so I cannot take that back. To start another, type “sit together”.
together-ended = It is over. The room is told so, and nothing of it is kept.
together-is-off = The open hour on { $at } is called off. The room is told so, and nothing of it is kept.
together-which = You have more than one. Which one is it?
together-none = You have no open hour here. There is nothing to end.
together-there-are = Open hours in this group
together-is-on = Now, until { $until }: { $company }
together-comes = { $at }, until { $until }: { $company }
together-taken = There is an open hour in that room then, from { $since } until { $until }. Choose another time or another room.
together-enough = This group has { $most } open hours already, and that is as many as can be. Start another when one of them is over.
together-far = That is too far ahead. An open hour can be planned up to { $days } days ahead.

# A rota that holds open hours.
together-rota-kept = From now on, each shift of “{ $name }” that somebody is on is an open hour in its room, for as long as it lasts: { $company }. The room is told. A shift that nobody is on is none.
together-rota-let-go = The shifts of “{ $name }” are no open hours any more. The room is told. One that is open now goes on to its end.
together-rota-end-it = Not after all
together-rota-again = Have them again
together-rota-already = Each shift of “{ $name }” that somebody is on is an open hour of that kind already. Nothing has changed.
together-rota-none = The shifts of “{ $name }” are no open hours. Nothing has changed.
