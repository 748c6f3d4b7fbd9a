# Rotas: check-ins that come round, and who is on them.

rota-new = Start a rota
    .help = Start a rota: which days, what time, how many people.
rota-new-name = Name
    .ask = What is the rota called?
rota-new-when = Days and time
    .ask = Which days, and what time? Such as “every tuesday and thursday 19:00” or “daily 20:00”.
rota-new-length = How long
    .ask = How long is a shift? Leave it out for one hour.
rota-new-people = How many people
    .ask = How many people is a shift for? Leave it out for one.
rota-new-zone = Time zone
    .ask = In which time zone? Leave it out for your own.
rota-new-where = Where
    .ask = In which room do check-ins open?
rota-new-words = Opening words
    .ask = What words open the check-in?
rota-show = See a rota
    .help = See the next two weeks: who is on, and what is open.
rota-show-rota = Which rota
    .ask = Which rota? Its number or its name.
rota-join = Join a rota
    .help = Take one shift, or a place every week.
rota-join-rota = Which rota
    .ask = Which rota? Its number or its name.
rota-join-date = Which day
    .ask = Which day?
rota-join-every = Once or every week
    .ask = Once, or every week?
rota-join-part = Which part
    .ask = All of it, or a part, such as “from 20:00”, “until 20:00” or “first half”?
rota-leave = Leave a rota
    .help = Come off one shift, or end a weekly place. No reason is needed.
rota-leave-rota = Which rota
    .ask = Which rota? Its number or its name.
rota-leave-date = Which day
    .ask = Which day?
rota-leave-every = Once or every week
    .ask = Once, or every week?
rota-leave-part = Which part
    .ask = All of it, or a part, such as “from 20:00”, “until 20:00” or “first half”?
rota-mine = Your shifts
    .help = See your own next shifts.
rota-remind = Pings
    .help = Say how long before a shift you want a ping.
rota-remind-leads = How long before
    .ask = How long before a shift? Such as “a day and 15 minutes”, or “none”.
rota-end = End a rota
    .help = End a rota for everyone.
rota-end-rota = Which rota
    .ask = Which rota is to end? Its number or its name.

# A rule in words.
rota-see-this = { $name }
rota-shift-on = { $when }
rota-numbered = { $number }. { $name }
rota-any-day = day
rota-any-shift = shift
rota-weekday = weekday
rota-monday = Monday
rota-tuesday = Tuesday
rota-wednesday = Wednesday
rota-thursday = Thursday
rota-friday = Friday
rota-saturday = Saturday
rota-sunday = Sunday
rota-first = The first is { $first }. Then { $then }.
rota-only = It is on { $first }.
rota-time-skipped = The clocks go forward on { $day }, so { $time } does not come. That shift starts at { $starts }.
rota-time-twice = The clocks go back on { $day }, so { $time } comes twice. That shift starts at the first one.

# When shifts are, in words: a line of a rota, its days, its hours, its people.
rota-pattern = { $times } ({ $zone }). { $people }
rota-times = { $when }, { $hours }
rota-times-from = { $when }, { $hours }, from { $first }
rota-times-until = { $when }, { $hours }, until { $last }
rota-times-between = { $when }, { $hours }, from { $first } until { $last }
rota-every-day = Every day
rota-every-days = { $interval ->
    [2] Every other day
   *[other] Every { $interval } days
}
rota-every-weekday = Every weekday
rota-every-week = Every { $days }
rota-every-other = Every other { $day }
rota-every-weeks = { $interval ->
    [2] Every other week on { $days }
   *[other] Every { $interval } weeks on { $days }
}
rota-each-month = The { $nths } { $days } of each month
rota-every-months = { $interval ->
    [2] Every other month on the { $nths } { $days }
   *[other] Every { $interval } months on the { $nths } { $days }
}
rota-each-month-on = The { $days } of each month
rota-every-months-on = { $interval ->
    [2] Every other month on the { $days }
   *[other] Every { $interval } months on the { $days }
}
rota-on-dates = On { $dates }
rota-hours = { $time } to { $ends }
rota-hours-midnight = { $time } to midnight
rota-hours-overnight = { $time } to { $ends } the next day
rota-people = { $people ->
    [1] One person
    [2] Two people
    [3] Three people
    [4] Four people
   *[other] { $people } people
} on each shift.
rota-people-between = { $fewest } to { $most } people on each shift.
rota-nth-first = first
rota-nth-second = second
rota-nth-third = third
rota-nth-fourth = fourth
rota-nth-last = last
rota-month-day = { $day ->
    [1] 1st
    [2] 2nd
    [3] 3rd
    [21] 21st
    [22] 22nd
    [23] 23rd
   *[other] { $day }th
}
rota-month-day-last = last day
rota-date = { $day } { $month }
rota-date-of-year = { $day } { $month } { $year }
rota-january = January
rota-february = February
rota-march = March
rota-april = April
rota-may = May
rota-june = June
rota-july = July
rota-august = August
rota-september = September
rota-october = October
rota-november = November
rota-december = December
rota-closure = { $first } to { $last }
rota-closed = Closed { $closures }.
rota-closed-holidays = Closed on bank holidays in { $nation }.
rota-closed-and-holidays = Closed { $closures }, and on bank holidays in { $nation }.

# When shifts are, as people type it: what would work instead.
rota-when-lines = I can read up to { $most } lines at once. Please leave the others for another rota.
rota-when-no-time = I need a time too, such as “tuesday 19:00” or “weekdays 8pm to 10pm”.
rota-when-no-days = I need days too, such as “every tuesday 19:00”, “daily 20:00” or “3 december 19:00”.
rota-when-times = I need one time, or when it starts and ends, such as “19:00 to 21:00”. For two times a day, write two lines: “daily 09:00 and also daily 20:00”.
rota-when-ends = I need when it ends or how long it is, not both, such as “19:00 to 21:00” or “19:00 for two hours”.
rota-when-day = A shift is a day at most, such as “20:00 to 08:00 the next day”.
rota-when-people = A shift is for 1 to { $most } people, such as “2 people” or “2 to 4 people”.
rota-when-fewest = I need the smaller number first, such as “2 to 4 people”.
rota-when-which-week = I am not sure which weeks you mean. “Every other week on tuesday” and “the second tuesday of the month” both work.
rota-when-fifth = Not every month has that day. The first to the fourth work, and the last, such as “last tuesday of the month 19:00”.
rota-when-month-day = Not every month has that day. The 1st to the 28th work, and the last, such as “last day of the month 18:00”.
rota-when-apart = I can count up to { $most } days, weeks or months, such as “every 3 weeks on sunday 14:00”.
rota-when-no-date = There is no such date. I need one such as “3 december”, with its year if it is further away than a year.
rota-when-weekday = That date falls on another day of the week. The date alone works, such as “3 december 19:00”.
rota-when-order = I need the first day before the last, such as “from 5 january until 31 march”.
rota-when-far = That is too far away. I need a date in the next { $years } years.
rota-closed-unclear = I need dates, such as “24 december to 2 january” or “25 december, 1 january”, or “none”.

# Starting a rota.
rota-kept = The rota “{ $name }” is kept. It is number { $number }, and its room has been told.
rota-kept-on = Nobody is on it until they join. To join, type “rota join { $number }”. To end it, type “rota end { $number }”.
rota-see-it = See the rota
rota-name-taken = There is a rota called “{ $name }” here. Please choose another name.
rota-when-unclear = I need days and a time, such as “every tuesday and thursday 19:00 to 21:00”, “weekdays 8pm” or “daily 20:00, 2 people”.
rota-when-over = All of those dates are over. I need one that is still to come.
rota-room-new = There is a new rota: { $name }.
rota-room-invitation = Anyone may join, for one shift or every week. Type “rota join { $number }”.

# Looking at rotas.
rota-several = These are the group’s rotas, each with its next shift.
rota-times-yours = Shifts are shown in your own time ({ $zone }).
rota-how-to-join = To join, type “rota join { $number }” and a day, or “every week”.
rota-mine-heading = Your next shifts, in your own time.
rota-when-part = { $starts } to { $ends }
rota-partly = { $person } ({ $starts } to { $ends })
rota-mine-shift = { $name }: { $until }, { $when }.
rota-mine-shift-with = { $name }: { $until }, { $when }, with { $others }.
rota-mine-weeks = Your weeks, Monday to Sunday. Only you see this.
rota-mine-week = { $week }: { $count ->
    [0] nothing
    [one] { $count } shift, { $time }
   *[other] { $count } shifts, { $time }
}.
rota-mine-limit = You are not asked for more than { $count ->
    [one] { $count } shift
   *[other] { $count } shifts
} a week. To change that, type “me limit”.
rota-mine-none = You are not on any shift in the next eight weeks.

# Which rota, which shift.
rota-none = There is no rota here yet. To start one, type “rota new”.
rota-which = Which rota? Give its number or name: { $rotas }.
rota-unknown = I know no such rota here. There is: { $rotas }.
rota-gone = That rota has just ended. Nothing was changed.
rota-no-more = “{ $name }” has no more shifts.
rota-part-unclear = I need a part of the shift, such as “from 20:00”, “until 20:00”, “20:00 to 20:30”, “first half” or “all of it”.
rota-part-outside = That is not in the shift. It goes from { $starts } to { $ends } in your own time.
rota-which-shift = There is more than one shift that day. Please say which: { $times }.
rota-no-shift = “{ $name }” has no shift on that day. The next are { $dates }.
rota-shift-over = That shift is over. Nothing was changed.

# Joining.
rota-join-this = Join { $when }
rota-join-which = Which shift of “{ $name }”? Pick one, or type “rota join { $number }” and a day, or “every week”.
rota-join-none-open = “{ $name }” has no open place for you in the next eight weeks.
rota-joined = You are on “{ $name }”, { $when }.
rota-joined-weekly = You have a place on “{ $name }” { $every ->
    [1] every
    [2] every other
    [3] every third
   *[other] every fourth
} { $days }. The next are { $dates }.
rota-join-already = You are on “{ $name }”, { $when }, already. Nothing has changed.
rota-join-already-weekly = You have a weekly place on “{ $name }” already. Nothing has changed.
rota-pings = You get a ping in private this long before: { $leads }.
rota-pings-none = You get no pings, as you chose.
rota-change-mind = You can leave at any time. No reason is needed.
rota-change-mind-weekly = You can leave one day or all of it at any time: type “rota leave { $number }”. No reason is needed.
rota-shift-full = The shift { $when } is full. “rota show” shows what is open.
rota-shift-far = Single shifts can be joined up to { $until } for now. A nearer day works, or “every week”.
rota-weekly-taken = Every weekly place there is taken. Single shifts may be open: “rota show” shows them.
rota-weekly-busy = You are on another shift at some of those times: { $dates }. Nothing was changed. You can join single days instead.
rota-busy-then = You are on “{ $name }” then, { $when }. Nothing was changed.
rota-weekly-full = Some of those shifts are full: { $dates }. Nothing was changed. You can join single days instead.

# Leaving.
rota-leave-this = Leave { $when }
rota-leave-which = Which shift of “{ $name }”? Pick one, or type “rota leave { $number }” and a day, or “every week”.
rota-leave-none = You are not on “{ $name }” in the next eight weeks.
rota-left = You are off “{ $name }”, { $when }.
rota-left-weekly = Your weekly place on “{ $name }” has ended.
rota-left-still = You are still on these days, which you joined one by one: { $dates }.
rota-leave-not-on = You are not on “{ $name }”, { $when }. Nothing has changed.
rota-leave-no-weekly = You have no weekly place on “{ $name }” there. Nothing has changed.

# Pings.
rota-remind-kept = You get a ping this long before each of your shifts: { $leads }.
rota-remind-none = You get no pings before your shifts.
rota-ping = Your shift: { $name }, { $when }.
rota-ping-with = On with you: { $others }.
rota-ping-alone = You are the only one on so far.
rota-ping-in-room = { $person }, there is a ping for you. To see it, type “rota mine”.
rota-cannot = I can’t make it

# In the room.
rota-open = The check-in “{ $name }” is open.
rota-open-words = { $words }
rota-open-people = Here until { $until }: { $people }.
rota-gap = Nobody is on “{ $name }”, { $when }. It stays open, and anyone may take it.
rota-gap-some = { $short ->
    [one] One more is
   *[other] { $short } more are
} wanted on “{ $name }”, { $when }. It stays open, and anyone may take it.
rota-relief-room = Nobody is on “{ $name }” from { $since }. It stays open, and anyone may take it.
rota-relief = Your shift on “{ $name }” ends at { $ends }. Nobody comes after you, and you are off then all the same.
rota-take-it = I can take it

# Ending a rota.
rota-ended = The rota “{ $name }” has ended, and its room has been told.
rota-room-ended = The rota “{ $name }” has ended.
rota-ended-yours = The rota “{ $name }” has ended, so these shifts of yours are off: { $dates }.

# Handing shifts over.
rota-offer = Let another have a shift
    .help = Offer a shift of yours, or a part of it. You are on it until somebody takes it.
rota-offer-rota = Which rota
    .ask = Which rota? Its number or its name.
rota-offer-date = Which day
    .ask = Which day?
rota-offer-part = Which part
    .ask = All of it, or a part, such as “from 20:00”, “until 20:00” or “first half”?
rota-offer-until = Until which day
    .ask = For some weeks? Until which day?
rota-offer-to = To whom
    .ask = To anyone, or to one person?
rota-swap = Swap a shift
    .help = Ask somebody to swap a shift with you. It is swapped when they say yes.
rota-swap-rota = Which rota
    .ask = Which rota? Its number or its name.
rota-swap-date = Which day of yours
    .ask = Which shift of yours? Its day.
rota-swap-theirs = For which day
    .ask = For which shift of theirs? Its day.
rota-swap-person = With whom
    .ask = With whom, if there are several?
rota-take = Take a shift on offer
    .help = Take a shift that somebody offers.
rota-take-code = Which offer
    .ask = Which offer? Its code.
rota-take-date = Which day
    .ask = All of it, or one day?
rota-take-part = Which part
    .ask = All of it, or a part, such as “from 20:00”, “until 20:00” or “first half”?
rota-keep = Keep a shift after all
    .help = Take back an offer of yours. You are on the shift as you were.
rota-keep-code = Which offer
    .ask = Which offer? Its code.
rota-offer-this = Let another have { $when }
rota-offer-which = Which shift of “{ $name }” may another have?
rota-offer-whom = Who may have “{ $name }”, { $when }? You are on it until they say yes.
rota-offer-anyone = Anyone
rota-offer-person = { $person }
rota-offer-undo = To keep it after all, use “Keep it”, or type “rota mine”.
rota-offer-to-whom = I need “anyone”, or somebody who is on the rota. “rota offer” without a person lists them.
rota-offered = “{ $name }”, { $when }, is on offer, and the room has been told.
rota-offered-to = { $person } has been asked in private about “{ $name }”, { $when }.
rota-offered-still-on = You are on it until then, and you hear when it is taken.
rota-offer-room = A shift on “{ $name }” may be taken over: { $when }. Somebody is on it until then.
rota-offer-to-you = { $person } asks whether you could take “{ $name }”, { $when }. If not, there is nothing to do.
rota-keep-it = Keep it
rota-kept-it = It is not on offer any more. You are on “{ $name }” as you were.
rota-taken = { $person } takes “{ $name }”, { $when }. You are off.
rota-take-undo = To come off “{ $name }” again, type “rota leave”.
rota-give-back = Offer it back to { $person }
rota-let-another = Let another have it
rota-swap-it = Swap
rota-swap-this = For { $when }
rota-swap-which = For which shift would you swap { $when }?
rota-swap-none = There is nobody to swap with on “{ $name }” just now.
rota-swap-whom = With whom would you swap for { $when }?
rota-swap-asked = { $person } has been asked in private to swap { $back } for yours on “{ $name }”, { $when }.
rota-swap-to-you = { $person } asks whether you would swap on “{ $name }”: you take { $when }, and they take { $back }. If not, there is nothing to do.
rota-swap-yes = Swap
rota-offer-gone = That is not on offer any more. Nothing was changed.
rota-offer-self = That would be you. Name somebody else, or nobody, so that anyone may take it.
rota-swap-not-theirs = They are not on that shift, so it cannot be swapped. “rota show” shows who is on.
rota-swap-they-are-busy = They are on another shift then, so it cannot be swapped. Nothing was changed.

# Being away, and back.
rota-away = Be away
    .help = Be away from your standing places for some days. No reason is needed.
rota-away-days = Which days
    .ask = Which days? Such as “24 december to 2 january”.
rota-away-rota = Which rota
    .ask = From which rota? Leave it out for all of them.
rota-back = Be back
    .help = Be back on your standing places before the days you were away are over.
rota-back-rota = Which rota
    .ask = On which rota? Leave it out for all of them.
rota-days = { $first } to { $last }
rota-named-shift = “{ $name }”, { $when }
rota-away-when = I need days, such as “24 december to 2 january”.
rota-away-nothing = You have no standing place there to be away from. “rota mine” shows your shifts.
rota-away-kept = You are away from your standing places: { $days }.
rota-away-open = These shifts are without you then: { $shifts }.
rota-away-still = You are still on these, which you joined one by one: { $shifts }.
rota-away-back = To be back sooner, type “rota back”.
rota-back-already = You are not away. Nothing has changed.
rota-back-kept = You are back on your standing places, but for shifts that are full without you, or at a time when you have another.
rota-back-next = Your next shifts: { $shifts }.
# Asking when a shift needs people, in private.
rota-ask = “{ $name }” needs somebody: { $when }.
rota-ask-first = A place is open on “{ $name }”: { $when }. You wished to be asked first.
rota-ask-with = On it so far: { $others }.
rota-ask-alone = Nobody is on it so far.
rota-ask-nothing = If not, there is nothing to do, and you are not asked for it again.
rota-ask-can = I can
rota-ask-can-then = I can: { $when }
rota-reserve = Be asked first
    .help = When a shift is full: be asked first if a place opens.
rota-reserve-rota = Which rota
    .ask = Which rota? Its number or its name.
rota-reserve-date = Which day
    .ask = Which day?
rota-reserve-answer = On or off
    .ask = “on” to be asked first, “off” not to be.
rota-reserve-it = Ask me first
rota-reserve-not = Do not ask me first
rota-reserve-this = Ask me first for { $when }
rota-reserve-which = For which full shift of “{ $name }” would you like to be asked first? Pick one, or type “rota reserve { $number }” and a day.
rota-reserve-none = No shift of “{ $name }” is full for you just now. “rota show” shows what is open.
rota-reserve-open = There is a place on “{ $name }”, { $when }. You can take it.
rota-reserved = If a place opens on “{ $name }”, { $when }, you are asked before others.
rota-reserved-so = No place is held for you: whoever says yes first has it.
rota-reserved-not = You are not asked first for “{ $name }”, { $when }, any more.
rota-reserved-never = You were not to be asked first for “{ $name }”, { $when }. Nothing has changed.
# Sharing open shifts out: whoever asks for it, and each person who may be asked.
rota-suggest = Suggest who could take what
    .help = Share open shifts out fairly. Each person is asked in private, and nobody is put on any.
rota-suggest-weeks = How many weeks
    .ask = For how many weeks, such as “4 weeks”? Twelve at most.
rota-suggest-rota = Which rota
    .ask = For which rota? Leave it out for all of them.
rota-suggest-begun = It is being worked out. You hear here when it is done.
rota-suggest-so = Nobody is put on anything. Those who may be asked are asked in private, in their own hours, and are on a shift only if they say yes.
rota-suggest-running = It is being worked out for this group already. Those who may be asked hear in private.
rota-suggest-none-open = No place is open in the next { $weeks ->
    [one] week
   *[other] { $weeks } weeks
} that could be offered. “rota show” shows who is on.
rota-suggest-nobody = Nobody here has said that they may be asked, so nobody was. Whoever would like to be asked types “me ask yes”.
rota-suggest-nobody-now = Nobody can be asked just now. Those who may be were asked within the last day, are in a pause, or what is open does not fit for them. It can be tried again tomorrow.
rota-suggest-not-installed = This bot cannot work out suggestions as it is. Whoever runs it can add what is missing: alongside[suggest].
rota-suggest-too-long = That was too much to work out, and nobody was asked. { $weeks ->
    [0] One rota alone may work: “rota suggest 1 week” with its name.
    [one] Less may work: “rota suggest 1 week”, or one rota alone.
   *[other] Less may work: “rota suggest { $weeks } weeks”, or one rota alone.
}
rota-suggest-failed = It did not work out this time, and nobody was asked. It can be tried again.
rota-suggest-weeks-many = I can look { $most } weeks ahead at most. Such as: “rota suggest 4 weeks”.
rota-suggest-done = { $count ->
    [one] One place has been offered, in private. It is taken only with that person’s yes.
   *[other] { $count } places have been offered, in private. Each is taken only with that person’s yes.
}
rota-suggest-open = { $count ->
    [0] No other place is needed.
    [one] One more is needed, and stays open for now.
   *[other] { $count } more are needed, and stay open for now.
}
rota-suggest-most = Nobody is offered more than { $most } at once.
rota-suggested = { $count ->
    [one] A shift on “{ $name }” is open, and you could take it. You are on it only if you say yes.
   *[other] Some shifts on “{ $name }” are open, and you could take any of them. You are on none unless you say yes to it.
}
rota-suggested-on-several = Some shifts are open, and you could take any of them. You are on none unless you say yes to it.
rota-suggested-nothing = { $count ->
    [one] If not, there is nothing to do, and you are not asked for it again.
   *[other] If not, there is nothing to do, and you are not asked for these again.
}
# Say hello to me: under a check-in. The room is never told who would like it.

rota-hello = Say hello to me
    .help = Let whoever is on shift know that you would like a hello.
rota-hello-rota = Which rota
    .ask = Which rota? Its number or its name.
rota-hello-date = Which day
    .ask = Which shift? Its day. Leave it out for the one that is on now.
rota-hello-me = Say hello to me
rota-hello-told = { $people } { $count ->
    [one] is
   *[other] are
} told in private that you would like a hello. Nothing is kept of it.
rota-hello-wanted = { $person } would like a hello, while you are on “{ $name }”.
rota-hello-nobody = Nobody is around on “{ $name }” just now.
rota-hello-no-shift = No rota has a shift on just now. “rota show” shows the next ones.
rota-hello-undo = They may have read it by now. You can tell them yourself.
# One's own shifts in a calendar. The file and the address hold times and these two titles, and no name of anything.
calendar-on-shift = On shift
calendar-name = On shift
rota-calendar = Your shifts for your calendar
    .help = Get your own shifts as a calendar file, in private.
rota-calendar-feed = Address
    .ask = A file, or an address that keeps up to date: “new” makes one, “off” ends it?
rota-calendar-file = These are your own shifts, as a file for your calendar: { $file }. It says when you are on, and nothing else.
rota-calendar-file-empty = You are on no shift just now, so there is nothing in this file for your calendar: { $file }.
rota-calendar-reads = The file stays as it is now. Whoever keeps your calendar can read the times in it.
rota-calendar-later = You asked for your shifts as a file. Type “rota calendar” here, and it comes.
rota-calendar-may = A calendar can also keep up to date by itself, from an address that only you are given.
rota-calendar-has = Your calendar has an address already. I cannot show it again: “rota calendar new” makes another and ends that one.
rota-calendar-make = Make an address
rota-calendar-end = End the address
rota-calendar-end-undo = To have an address again, type “rota calendar new”. It is another one.
rota-calendar-new = This is the address of your shifts. An earlier one has ended.
rota-calendar-address = { $address }
rota-calendar-new-how = In your calendar, choose to subscribe to an address, and paste it there. Whoever has it sees when you are on, so give it to nobody. I cannot show it again. To end it, type “rota calendar off”.
rota-calendar-new-later = An address of your shifts was made, and could not be shown. Type “rota calendar new” here for another.
rota-calendar-off = The address has ended. Your calendar shows what it fetched last until you take it out there.
rota-calendar-off-already = There is no address of your shifts. Nothing was changed.
rota-calendar-no-address = There are no addresses here. “rota calendar” gives your shifts as a file.
rota-calendar-shown = No file can be sent here, so this is what would be in it. Copy it to keep it.
rota-calendar-code = { $text }

# The group's rotas, to be taken elsewhere.
rota-export = Take the rotas along
    .help = Get the rotas of this group as files, with nobody’s name in them.
rota-export-files = These are the rotas of this group, in two files. { $lines } has their lines for a calendar, and { $shifts } has the coming shifts for a spreadsheet. Nobody’s name is in them.
rota-export-later = You asked for the rotas as files. Type “rota export” here, and they come.

# Seeing a rota: week by week, a short line for each shift; and how long it is until the next.
rota-this-week = This week
rota-next-week = Next week
rota-week-of = Week of { $day }
rota-next = The next one: { $when }.
rota-places = { $open ->
    [0] full
    [part] part open
   *[other] { $open } open
}
rota-nobody-yet = nobody yet
rota-row = { $when }, { $places }: { $people }.
rota-until = in { $length }
rota-until-tomorrow = tomorrow
rota-until-now = now
rota-short-moment = { $weekday } { $day } { $month }, { $time }
rota-short-monday = Mon
rota-short-tuesday = Tue
rota-short-wednesday = Wed
rota-short-thursday = Thu
rota-short-friday = Fri
rota-short-saturday = Sat
rota-short-sunday = Sun
rota-short-january = Jan
rota-short-february = Feb
rota-short-march = Mar
rota-short-april = Apr
rota-short-may = May
rota-short-june = Jun
rota-short-july = Jul
rota-short-august = Aug
rota-short-september = Sep
rota-short-october = Oct
rota-short-november = Nov
rota-short-december = Dec

# A rota as a picture.
rota-picture = A picture of a rota
    .help = See the next four weeks as a picture, with the same in words.
rota-picture-rota = Which rota
    .ask = Which rota? Its number or its name.
rota-picture-alt = The rota “{ $name }” from { $first } to { $last }: who is on each shift, and what is open. The message beside it says the same.
rota-picture-made = As it stood on { $at }. All times are in your own time ({ $zone }).
rota-picture-more = Not all of it fits. The message beside this picture has the rest.
rota-picture-others = { $count } more
rota-picture-nothing = “{ $name }” has no shift in the next four weeks, so there is nothing to draw.
rota-picture-later = To see the picture, type “rota picture { $number }”.
# Changing a rota.
rota-change = Change a rota
    .help = Change a rota. If that moves anybody’s shifts, you see whose first.
rota-change-rota = Which rota
    .ask = Which rota? Its number or its name.
rota-change-name = Name
    .ask = What is it called from now on?
rota-change-when = Days and time
    .ask = Which days and times from now on? Say all of it, such as “every tuesday 19:00”.
rota-change-length = How long
    .ask = How long is a shift?
rota-change-people = How many people
    .ask = How many people is a shift for?
rota-change-zone = Time zone
    .ask = In which time zone?
rota-change-where = Where
    .ask = In which room do check-ins open?
rota-change-words = Opening words
    .ask = What words open the check-in?
rota-change-closed = Closed on
    .ask = On which dates is it closed? Such as “24 december to 2 january”, or “none”.
rota-change-holidays = Bank holidays
    .ask = On which nation’s bank holidays is it closed? Or “open”.
rota-change-opens = Open ahead
    .ask = How many weeks ahead can single shifts be taken?
rota-new-closed = Closed on
    .ask = On which dates is it closed? Such as “24 december to 2 january”. Leave it out for none.
rota-new-holidays = Bank holidays
    .ask = On which nation’s bank holidays is it closed? Leave it out for none.
rota-new-opens = Open ahead
    .ask = How many weeks ahead can single shifts be taken? Leave it out for eight.
rota-agree = Agree to a change of a rota
    .help = Make the change of a rota, or the rota, that you were shown.
rota-agree-code = Which change
    .ask = Which change? Its code.
rota-opens-unclear = I need a number of weeks from 1 to { $most }, such as “8 weeks”.
rota-change-what = What is to change about “{ $name }”? Such as “rota change { $number }, every tuesday 20:00”, “rota change { $number }, 2 people” or “rota change { $number }, closed: 25 december”.
rota-change-same = “{ $name }” is like that already. Nothing has changed.
rota-change-gone = There is no such change to agree to. Nothing was changed. “rota change” and “rota import” show what one would mean now.
rota-change-other = The rota has changed since you were shown this, so nothing was done. “rota change” shows what a change would mean now.
rota-change-stale = Who is on the rota has changed since you were shown this, so nothing was done. This is what it would mean now.
rota-change-begun = What touches nobody’s shifts is done, and the room has been told. The rest waits for you.
rota-change-would = This is how “{ $name }” would be.
rota-change-whose = These shifts would move, go or come back:
rota-change-moves = { $person }: { $was }, would be { $now }.
rota-change-moves-more = { $person }: { $count } more would move.
rota-change-goes = { $person }: { $was }, would go.
rota-change-goes-more = { $person }: { $count } more would go.
rota-change-comes = { $person }: { $now }, would come back.
rota-change-comes-more = { $person }: { $count } more would come back.
rota-change-ends = { $person }: the standing place on every { $days } would end.
rota-change-loosens = { $person }: the standing place on every { $days } would end, as there would be dates that it was no yes to. Its own dates stay, one by one.
rota-change-waits = Nothing has changed yet, and nobody has been told. If you agree, each of them is told in private. This waits until { $until }.
rota-change-it = Change it
rota-change-undo = To have it another way, type “rota change { $number }”.
rota-changed = “{ $name }” has changed, and its room has been told.
rota-changed-told = Each person whose shifts this touches has been told in private.
rota-change-crowded = On some shifts there are more people than that now: { $dates }. They all stay on.
rota-room-changed = The rota “{ $name }” has changed.
rota-room-renamed = The rota “{ $before }” has changed. It is called “{ $name }” now.
rota-changed-yours = The rota “{ $name }” has changed, and shifts of yours with it.
rota-changed-moved = { $was }, is now { $now }.
rota-changed-moved-more = { $count } more have moved.
rota-changed-gone = { $was }, is off.
rota-changed-gone-more = { $count } more are off.
rota-changed-back = { $now }, is on again, and you are on it.
rota-changed-back-more = { $count } more are on again.
rota-changed-ended = Your standing place on every { $days } has ended.
rota-changed-loosened = Your standing place on every { $days } has ended, as there are dates now that it was no yes to. Its own dates stay yours, one by one. To have it again, type “rota join { $number } every week”.
rota-changed-busy = At { $now }, you are on “{ $name }” too, { $when }. You can leave either.

# Bringing a rota in from a file: what it would be, and what of the file is not in it, line by line.
rota-import = Bring a rota in
    .help = Make a rota from a calendar file (.ics) or a table (.csv). You see it first.
rota-import-name = Name
    .ask = What is the rota to be called?
rota-import-file = File
    .ask = Send the file here: a calendar (.ics) or a table (.csv). You can also paste what is in it.
rota-import-people = How many people
    .ask = How many people is a shift for, where the file does not say? Leave it out for one.
rota-import-zone = Time zone
    .ask = In which time zone? Leave it out for that of the file, or your own.
rota-import-where = Where
    .ask = In which room do check-ins open?
rota-file-would = This is how “{ $name }” would be.
rota-file-names = Names in the file are left out. Each person can join for themselves.
rota-file-waits = Nothing is made yet, and nobody has been told. If you keep it, its room is told. This waits until { $until }.
rota-file-keep = Keep it
rota-file-undo = To end it, type “rota end” and its number.
rota-file-over = { $count ->
    [one] One date or event in the file is over and is left out.
   *[other] { $count } dates or events in the file are over and are left out.
}
rota-file-elsewhere = Some of it comes round in another time zone. Here it goes by the clock of { $zone }, so please look at the times.
rota-file-unread = { $count ->
    [one] One line of the file is not in it:
   *[other] { $count } lines of the file are not in it:
}
rota-file-line = Line { $number }: { $why }
rota-file-more = and { $count } more
rota-file-none = I could make no rota of that file. Nothing was kept.
rota-file-empty = There is no date in that file to make a rota of.
rota-file-unlike = That is not a file I can make a rota of. I can read a calendar (.ics), or a table (.csv) whose first line names its columns, such as “date,start,end”.
rota-file-taken = There is a rota called “{ $name }” here. Type “rota import” with another name, or change that one: “rota change { $number }”.
rota-file-which = There are several rotas in that file: { $names }. Type “rota import” with one of these names.
rota-file-several = There are several rotas in that file, and none has that name. Please put one of them into a file of its own.
rota-file-many = That is more than I can read at once. Up to { $most } dates or events fit. Please make two files of it.
rota-file-lines = That would be { $lines } different lines, and a rota has { $most } at most. Please make two files of it.
rota-file-dates = That would be { $dates } single dates, and a rota has { $most } at most. Please make two files of it.
rota-file-closed = That would be { $dates } dates on which it is closed, and a rota has { $most } at most. Please make two files of it.
rota-file-month-first = The month seems to stand before the day in that file. Please write dates as 2026-12-25 or 25/12/2026, and send it again.
rota-file-no-date = I need a date, such as 2026-12-03 or 3 December 2026.
rota-file-weekday = The day of the week does not fit the date.
rota-file-far = That is too far away.
rota-file-no-time = I need a time, such as 19:00 or 7pm.
rota-file-no-start = It does not say when it begins.
rota-file-seconds = I need times in whole minutes.
rota-file-people = I need a number of people from 1 to { $most }.
rota-file-long = A shift ends after it begins, within a day.
rota-file-zone = I do not know that time zone.
rota-file-other-zone = It comes round on other days in the rota’s time zone. Its own is { $zone }.
rota-file-twice = The clocks change then, so its time may mean two things.
rota-file-same = It says the same as line { $number }.
rota-file-all-day = It lasts all day, and a shift has times.
rota-file-cancelled = It is cancelled.
rota-file-rule = A rota cannot come round in that way.
rota-file-except = It leaves out { $date }. On that day there are other shifts, so this one stays in.
rota-file-moved = It is another time on { $date } alone. The rota keeps its usual time.
rota-file-broken = It is not written as calendars write it.
rota-file-cut = It has no end.
rota-file-row = I cannot tell where its columns begin. Nothing after it is read.
