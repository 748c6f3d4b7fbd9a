# What is kept of a person: seen, taken along, let go.

mydata = Your data
    .help = See all that I keep of you, in every group.
mydata-show = Your data
    .help = See all that I keep of you, in every group.
mydata-export = Take it along
    .help = Get all that I keep of you, in every group, as files.
mydata-forget = Let all of it go
    .help = Let go of all that I keep of you, in every group.
mydata-forget-what = What
    .ask = Type “all” to let all of it go. Leave it out to read first what goes.

# In the place of a name, for somebody who let all that is kept of them go.
someone = Someone

mydata-intro = This is all that I keep of you:
mydata-nothing = I keep nothing of you.
mydata-in-group = In { $name }
mydata-in-this-group = In this group
mydata-in-a-group = In another group
mydata-how = To take it along, type “mydata export”. To let all of it go, type “mydata forget”.

# One row each. A weekday counts from Monday, as 1.
mydata-wishes = Your ways: { $zone ->
    [none] times as the group has them
   *[other] times in { $zone }
}; { $nation ->
    [england] nation England
    [scotland] nation Scotland
    [wales] nation Wales
    [ni] nation Northern Ireland
   *[none] nation not told
}; { $leads ->
    [none] told before your shifts as is usual
    [no] not told before your shifts
   *[other] told { $leads } before your shifts
}; { $reach ->
    [mention] a ping may name you in the room
    [calendar] no pings are sent
   *[none] pings come only in private
}; { $quiet_from ->
    [none] no quiet hours
   *[other] quiet from { $quiet_from } to { $quiet_to }
}; { $gaps ->
    [yes] you may be asked when a shift needs people
   *[none] you are not asked when a shift needs people
}; { $weekly ->
    [none] no weekly limit
    [one] asked for no more with { $weekly } shift in a week
   *[other] asked for no more with { $weekly } shifts in a week
}; { $rest_minutes ->
    [none] no rest set
   *[other] { $rest_minutes } between shifts
}
mydata-pauses = You paused, { $until ->
    [none] until you end it
   *[other] until { $until }
}
mydata-apart = Somebody whom you are never brought together with: “me apart” shows who
mydata-welcomes = Welcomes of yours, or to you: “sit welcome” shows whom you welcomed
mydata-rota-standing = Your standing place: { $rotas_name }, { $weekday ->
    [0] all of it
    [1] Mondays
    [2] Tuesdays
    [3] Wednesdays
    [4] Thursdays
    [5] Fridays
    [6] Saturdays
   *[7] Sundays
}, { $every ->
    [1] every time
    [2] every other time
    [3] every third time
   *[other] every fourth time
}, from { $since } on
mydata-rota-single = Your shift, or a part of it: { $rotas_name }, { $date }
mydata-rota-away = Not there, though you have a standing place: { $rotas_name }, { $date }
mydata-rota-absent = Away from your standing place: { $rotas_name }, { $first } to { $last }
mydata-rota-offers = A shift that you offer, or that is offered to you: { $rotas_name }, { $date }
mydata-asked-last = A rota last asked you on { $at }
mydata-rota-asked = You are not asked again for this shift: { $rotas_name }, { $date }
mydata-rota-reserve = You are asked first if a place opens: { $rotas_name }, { $date }
mydata-rota-proposals = A change of a rota that waits for your word: { $rotas_name }, until { $until }
mydata-rota-drafts = A rota from a file that waits for your word: { $name }, until { $until }
mydata-asks = { $stage ->
    [picked] A sit for later that you asked for: from { $starts_at }
    [opening] A sit that you are in
    [open] A sit that you are in, until { $ends_at }
    [ending] A sit that you are in, until a quarter of an hour after { $ends_at }
   *[other] Your ask for company, of { $asked_at }, until it is over
}
mydata-offers = Your yes to somebody’s ask, until it is over
mydata-openings = You are open to being asked, { $until ->
    [none] until you pause
   *[other] until { $until }
}
mydata-opening-times = You are open to being asked at times of yours: { $wall_time } to { $wall_ends }, on days that “me” shows
mydata-opening-ways = For sits: { $on_shifts ->
    [yes] open on your shifts
   *[none] not open on your shifts
}; { $sits_weekly ->
    [none] no limit
    [one] asked { $sits_weekly } time in 7 days at most
   *[other] asked { $sits_weekly } times in 7 days at most
}; { $rather_not ->
    [none] nothing you would rather not
   *[other] rather not { $rather_not }
}
mydata-opening-asked = You were last asked for a sit on { $at }
mydata-sit-again = You would be open to sitting again with somebody: until { $until }, shown to nobody before they say so too
mydata-sit-looks = { $state ->
    [asked] You invited somebody{ $at ->
        [none] { "" } to sit again
       *[other] { "" } for { $at }
    }; it goes by { $until }
    [agreed] A date to look at how it is with somebody: { $at }
   *[other] An invitation that you took back. Until { $until } you do not ask them again
}
mydata-several = { $what }: { $count }

# What a table holds of a person.
data-wishes = Your ways
    .ends = when you take them back
data-pauses = That you paused
    .ends = when you end it, or at the time you set
data-apart = Whom you are never brought together with
    .ends = when you let go of it, or leave the group
data-welcomes = Welcomes of yours, or to you
    .ends = when whoever said it takes it back, or either of you leaves the group
data-rota-standing = Your standing places
    .ends = when you leave them, or the rota ends
data-rota-absent = Times when you are away from your standing places
    .ends = eight days after the last date, or when you are back sooner
data-rota-offers = Shifts that you offer, or that are offered to you
    .ends = three days after the date, or when they are taken or taken back
data-rota-single = Your shifts
    .ends = eight days after the date, or when you take them back
data-rota-away = Dates on which you do not come, though you have a standing place
    .ends = eight days after the date, or when you take them back
data-asked-last = When a rota last asked you
    .ends = seven days after it
data-rota-asked = Shifts that you are not asked for again
    .ends = three days after the date, or when the shift is full
data-rota-reserve = Shifts that you are asked for first if a place opens
    .ends = three days after the date, or when you were asked or take it back
data-feeds = Addresses that your calendar fetches your shifts from
    .ends = when you end it or make another
    .ends = three days after the date, or when you take them back
data-rota-proposals = Changes of rotas that wait for your word
    .ends = when you agree, or after a day
data-rota-drafts = Rotas from files that wait for your word
    .ends = when you agree, or after a day
data-asks = Asks that are yours, and the sits they became
    .ends = the moment the ask, or its sit, is over
data-invited = Asks that were put to you
    .ends = the moment the ask, or its sit, is over
data-offers = Your yeses to asks
    .ends = the moment the ask, or its sit, is over
data-sitters = Sits that you were picked for
    .ends = the moment the sit is over, or when you step away
data-sit-named = Asks that are to be put to you by name
    .ends = the moment the ask, or its sit, is over
data-sit-words = Your yeses, in a sit, to longer or to a change
    .ends = when all have said so, or the moment the sit is over
data-openings = That you are open to being asked
    .ends = when you pause, or at the time you set
data-opening-times = Times at which you are open to being asked
    .ends = when you pause, or three days after the last of them
data-opening-ways = How you are asked for sits
    .ends = when you change it, or leave the group
data-opening-asked = When you were last asked for a sit
    .ends = seven days after it
data-sit-again = With whom you would be open to sitting again
    .ends = when both have said so, when you take it back, or a week after you said it
data-sit-looks = Dates to look at how it is, and invitations
    .ends = when you end it, a week after the date, or a week after you asked
data-lists = Lists that I gave you to choose from
    .ends = a day after each
data-invitations = Rooms that you invited me to, until I am in them
    .ends = when I came in, or could not
data-outbox = Messages on their way that are for you, or name you
    .ends = when they are sent, or are of no more use

# All of it to be taken along, as files: a page, and JSON. Where no file can be sent, the JSON is shown, a line each.
mydata-export-files = This is all that I keep of you, in two files. { $page } is a page to read, and { $document } is the same for programs. I have no copy of them. To read it here, type “mydata”.
mydata-export-intro = This is all that I keep of you, as JSON. Copy it to keep it. I have no copy of it.
mydata-export-later = You asked for all that I keep of you. Type “mydata export” here, and it comes.
mydata-code = { $text }

# The page
mydata-page-title = All that I keep of you
mydata-page-made = Made in { $year }, on { $at } ({ $zone }), for { $person }.
mydata-page-group = Times are those of { $zone }. The group’s id is { $group }.
mydata-page-table = { $what }. Gone { $ends }.

# What stands above each column.
mydata-column-zone = Time zone
mydata-column-nation = Nation
mydata-column-leads = Told before your shifts
mydata-column-reach = How a ping reaches you
mydata-column-quiet-from = Quiet from
mydata-column-quiet-to = Quiet to
mydata-column-weekly = Shifts in a week at most
mydata-column-rest-minutes = Between shifts at least
mydata-column-gaps = Asked when a shift needs people
mydata-column-rota = Rota’s id
mydata-column-weekday = Weekday
mydata-column-date = Date
mydata-column-rotas-number = Rota’s number
mydata-column-rotas-name = Rota
mydata-column-pattern = Line of the rota
mydata-column-since = From
mydata-column-last-date = Last date
mydata-column-on-shifts = Open to sits while on a shift
mydata-column-sits-weekly = Asked for a sit in seven days at most
mydata-column-rather-not = Rather not in a sit
mydata-column-every = Every so many times, or minutes
mydata-column-part-starts = From so many minutes after its beginning
mydata-column-part-ends = To so many minutes
mydata-column-first = First day
mydata-column-digest = Digest of the address
mydata-column-code = Offer’s code
mydata-column-back-date = In return for the shift of
mydata-column-back-pattern = In return for the line
mydata-column-rotas-lines = Lines of the rota
mydata-column-rotas-holidays = No shifts on bank holidays of
mydata-column-rotas-opens-days = Shifts open so many days ahead
mydata-column-rotas-zone = Time zone of the rota
mydata-column-rotas-place = Room for check-ins
mydata-column-rotas-words = Words that open a check-in
mydata-column-rotas-watermark = Seen to until
mydata-column-name = Name of the rota
mydata-column-stamp = Whether it is still as you were shown
mydata-column-lines = Lines of the rota then
mydata-column-holidays = Then closed on bank holidays of
mydata-column-closed = Then closed on
mydata-column-rule = Dates
mydata-column-begins-on = From the date
mydata-column-ends-on = To the date
mydata-column-wall-time = Begins at
mydata-column-wall-ends = Ends at
mydata-column-fewest = People needed
mydata-column-most = People at most
mydata-column-id = Code
mydata-column-wanted = Kind of company
mydata-column-minutes = Minutes
mydata-column-asked-at = Asked at
mydata-column-starts-at = Begins at
mydata-column-answer-by = Told how it stands at
mydata-column-meets = Where you meet
mydata-column-stage = How it stands
mydata-column-ticks = Off the table, or welcome
mydata-column-company = People who may come
mydata-column-after-it = What becomes of the room
mydata-column-ahead = Still to hear of it
mydata-column-heard = Heard of it
mydata-column-widens-at = Put to more people at
mydata-column-everyone = Put to the whole room
mydata-column-noted = A line of yours, which I keep nowhere
mydata-column-ends-at = Over at
mydata-column-room = Id of the room you meet in
mydata-column-again = Code for sitting again
mydata-column-change = Change that is wished for
mydata-column-word = Your yes to
mydata-column-pair = What the other would say too
mydata-column-state = How it stands
mydata-column-ask-id = Ask’s code
mydata-column-number = Number
mydata-column-until = Until
mydata-column-message = Message’s id
mydata-column-last = The newest list
mydata-column-place = Room’s id
mydata-column-at = When
mydata-column-not-before = Sent at
mydata-column-expires-at = Too late at

# What stands in a cell.
mydata-cell = { $value }
mydata-cell-none = not set
mydata-cell-yes = yes
mydata-cell-no = no
mydata-cell-weekday = { $value ->
    [0] any
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
mydata-cell-nation = { $value ->
    [england] England
    [scotland] Scotland
    [wales] Wales
   *[ni] Northern Ireland
}
mydata-cell-reach = { $value ->
    [mention] it may name you in the room
    [calendar] none is sent
   *[private] in private only
}
mydata-cell-wanted = { $value ->
    [quiet] quiet
    [talk] talking
    [voice] talking by voice
    [reflect] reflecting after a sit
    [either] any
   *[beside] side by side
}
mydata-cell-meets = { $value ->
    [direct] in direct messages
   *[room] in a private room
}
mydata-cell-stage = { $value ->
    [asked] asked
    [widening] asked, and put to more people
    [offered] somebody can
    [unanswered] nobody can so far
    [gathering] somebody was picked, more may come
    [picked] all were picked
    [opening] a room is opening
    [open] you are together
    [ending] the time agreed on is over
   *[other] over
}

mydata-cell-state = { $value ->
    [asked] you asked
    [agreed] both said yes
   *[other] you took it back
}

# Before it is done, once.
mydata-forget-all = This lets go of all that I keep of you, in every group: your places on rotas, your ask, your yeses, that you are open, your pause, your ways.
mydata-forget-others = Who waits for you hears that it is over, or that a shift is open. Nobody hears why.
mydata-forget-stays = You stay in your groups, and can begin anew at any time.
mydata-let-go = Let it all go
mydata-gone = It is gone, all of it.

# What nobody here can let go of.
mydata-unreached = What I cannot reach
mydata-unreached-messages = Messages in rooms and in our private chat, mine to you among them. You can delete your own.
mydata-unreached-platform = What the platform itself keeps: who is in which group, who wrote when, who used which command.
mydata-unreached-devices = The public keys of your devices, which I need for as long as we share a room.
mydata-unreached-backup = Backups, if whoever runs me makes any. What was in one is there until it is deleted.
mydata-unreached-apart = That somebody else asked never to be brought together with you, should there be such a thing. It is theirs, and nobody is told.

# Hellos.
mydata-hellos = Hellos for you, { $paused ->
    [no] at times that you chose
   *[yes] paused
}, until { $until }
mydata-hello-buddies = { $agreed ->
    [yes] You are a buddy for somebody’s hellos
   *[no] You were asked to be a buddy for somebody’s hellos
}
data-hellos = Hellos for you
    .ends = when you stop them, or when their weeks are over
data-hello-buddies = Whose hellos you are a buddy for, or were asked to be
    .ends = when you stop being one, when somebody else is asked, or when the hellos end
mydata-column-hello = Hellos’ code
mydata-column-weeks = Weeks
mydata-column-who = Who hears of it
mydata-column-unanswered = Without an answer
mydata-column-wait-minutes = Minutes until then
mydata-column-paused = Paused
mydata-column-watermark = Seen to until
mydata-column-agreed = Agreed

# Open hours.
mydata-open-hours = An open hour that you started: from { $starts_at } until { $until }
data-open-hours = Open hours that you started
    .ends = when they are over; when you leave, one that is open goes on without you in it
mydata-column-named = Shown with your name
mydata-column-begun = Begun
