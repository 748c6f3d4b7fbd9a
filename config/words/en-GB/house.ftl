# What every part of the house says. Each sentence can be rewritten by a group.

# How times and lengths are written: Unicode date patterns, see cldr.unicode.org.
pattern-day = EEEE d MMMM
pattern-time = HH:mm
pattern-moment = EEEE d MMMM, HH:mm
length-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
length-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
length-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}

# When something cannot be understood.
not-understood = I did not understand that. Type “help” to see what you can ask.
not-understood-near = I did not understand that. Did you mean “{ $command }”? Type “help” to see everything.
option-unclear = { $option }: { $why }
option-unknown = “{ $command }” does not take that. Type “help { $command }” to see what it takes.
line-unclear = I could not place all of those words. Type “help { $command }” to see what it takes.
line-long = That is longer than I can read. Please keep it under { $longest } characters.
reaction-unvouched = This group asks for verified devices, and a reaction does not say which device it comes from. Type the number instead.
not-undone = I cannot take that back. Type “help” to see what you can do instead.
# Lists to choose from, and a choice whose own words are not kept.
list-unclear = That fits more than one of these. Which one do you mean?
list-choice = { $typed }
question-how = Type your answer, or “stop” to leave it.
question-dropped = Left it. Nothing was changed.
too-fast = That is more than I can take in at once. Please wait a minute, then try again.
fault = Something went wrong on my side, and nothing was changed. Please try again in a little while.

# When one answer cannot be read.
text-empty = I need a few words here.
file-large = That file is too large. Up to { $most } kilobytes fit.
file-empty = There is nothing in that file.
file-encoding = I cannot read the letters of that file. Please save it again as UTF-8, and send it once more.
file-spreadsheet = That is a spreadsheet as its own program keeps it. Please save it as CSV, and send that.
file-gone = I could not fetch that file. Please send it again.
text-long = Please keep it to { $longest } characters or fewer.
text-unseen = There are characters in it that cannot be seen. Please type it again in plain letters.
text-mention = I cannot take mentions of people or rooms here. Please use plain words.
whole-unclear = I need a whole number from { $least } to { $most }.
choice-unclear = I know these answers: { $choices }.
length-unclear = I need a length from { $least } to { $most }, such as “30 minutes” or “1 hour”.
leads-unclear = I need up to five lengths of { $most } or less, such as “1 day and 15 minutes”, or “none”.
or-none = { $why } Or type “none”.
quiet-unclear = I need two times, such as “22:00-08:00” or “10pm to 8am”.
quiet-same = Quiet hours begin and end at different times. To be asked nothing for a while, type “me pause”.
pause-unclear = I need a length or a day to come, within a year, such as “2 weeks”, “until friday” or “until 3 december”.
day-unclear = I need a day, such as “tuesday”, “3 december” or “03/12”.
day-past = That day has gone. I need today or a later day.
day-far = That is more than a year away. I need a day within a year.
moment-unclear = I need a day and a time, such as “tomorrow 20:00”, “tuesday 10am” or “in an hour”.
moment-past = That time has gone. I need a time that is still to come.
moment-far = That is more than a year away. I need a time within a year.
zone-unclear = I need a time zone, such as “Europe/London”, or a city such as “Dublin”.
place-unclear = I can post in these places of this group: { $places }.
