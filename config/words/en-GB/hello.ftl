# Hello for me: said hello to at times that a person chose.

hello = Hello for me
    .help = See the hellos that you asked for, and how they stand.
hello-start = Ask for hellos
    .help = Be said hello to at times that you choose.
hello-start-when = When
    .ask = Which days, and what time? Such as “daily 9:00”, or “mon and thu 18:00”.
hello-start-weeks = How many weeks
    .ask = For how many weeks? Leave it out for four.
hello-start-who = Who hears of it
    .ask = Who hears of it: “shift”, “buddy”, or “me” for nobody? Leave it out for nobody.
hello-start-unanswered = Without an answer
    .ask = If you do not answer: “nothing”, or “tell my buddy”? Leave it out for nothing.
hello-start-wait = How long to wait
    .ask = How long do you want to have for an answer? Leave it out for two hours.
hello-buddy = Choose a buddy
    .help = Ask somebody to be the buddy for your hellos.
hello-buddy-whom = I need one of the people on a rota. “hello buddy” without a person lists them.
    .ask = Whom? Leave it out to see who could be asked.
hello-agree = Be a buddy
    .help = Say yes to being a buddy.
hello-agree-code = Which
    .ask = Which one? Its code.
hello-unbuddy = Stop being a buddy
    .help = Stop being somebody’s buddy. No reason is needed.
hello-unbuddy-code = Which
    .ask = Which one? Its code. Leave it out if there is one.
hello-here = Hello.
    .help = Say hello back. Nothing is kept of it.
hello-pause = Pause your hellos
    .help = Be said no hello until you go on. No reason is needed.
hello-resume = Go on with your hellos
    .help = End the pause of your hellos.
hello-renew = Renew your hellos
    .help = Let your hellos go on for as many weeks again.
hello-stop = Stop your hellos
    .help = Stop your hellos. No reason is needed.

# What was laid down.
hello-kept = Your hellos are kept:
hello-times = I say hello to you at the times that you chose, the next of them { $times }.
hello-times-over = None of the times that you chose is still to come.
hello-who-shift = Whoever is on shift then hears in private that you would like a hello.
hello-who-buddy = Your buddy hears in private then that you would like a hello.
hello-who-me = Nobody else hears of it.
hello-unanswered-nothing = If you do not answer, nothing happens.
hello-unanswered-tell = If you do not answer within { $wait }, your buddy hears once that there is no answer yet. Nothing else happens.
hello-until = It ends by itself on { $until }.
hello-until-asked = It ends by itself on { $until }, and I ask you a week before whether to go on.
hello-buddy-quiet = In your buddy’s quiet hours, and while they pause, I say nothing to them. “No answer yet” then comes when that is over, if it is within 12 hours, and else not at all.
hello-quiet = Your own quiet hours do not hold these hellos back, as you chose the times. No answer is kept or counted.
hello-is-not = This does not watch over you, and I am not a crisis service: nobody else is told, whatever you answer or do not answer. “now” shows lines that are there at any hour.
hello-change = “hello” shows how it stands. “hello pause” and “hello stop” need no reason.
hello-buddy-which = Nothing starts until your buddy has said yes. Whom shall I ask, in private and once?
hello-buddy-person = { $person }
hello-buddy-asked = { $person } is asked in private, once, and not while it is quiet for them. You hear it when they say yes. Until then nothing starts.
hello-buddy-undo = To ask somebody else instead, type “hello buddy”.
hello-buddy-nobody = There is nobody on a rota here whom I could ask to be a buddy. “hello start” works without one: with “shift” or “me”, and “nothing” without an answer.
hello-buddy-no-part = Your hellos have no part for a buddy. To choose anew, type “hello stop” and then “hello start”.
hello-already = You have hellos already. To choose anew, type “hello stop” first.
hello-when-over = None of those times comes within { $weeks ->
    [one] { $weeks } week
   *[other] { $weeks } weeks
}. I need one that does, such as “daily 9:00”.
hello-none = You have no hellos here. To begin, type “hello start”.
hello-none-yet = You have no hellos here. I can say hello to you at times that you choose, and let whoever is on shift or a buddy know that you would like one.
hello-none-yet-how = To begin, type “hello start” and when, such as “hello start daily 9:00”.

# How it stands.
hello-state-on = Your hellos are on.
hello-state-on-with = Your hellos are on, and { $person } is your buddy.
hello-state-paused = Your hellos are paused.
hello-state-not-agreed = Your hellos have not started: { $person } has not agreed yet.
hello-state-no-buddy = Your hellos have no buddy, and nothing is said until one has said yes.
hello-choose-buddy = Choose a buddy
hello-pause-it = Pause
hello-go-on = Go on
hello-stop-it = Stop
hello-stop-undo = To begin anew, type “hello start”.
hello-paused = Paused. No hello is said until you go on.
hello-renewed = Your hellos go on until { $until }.
hello-renew-undo = To end them, type “hello stop”.
hello-renew-it = Go on
hello-stopped = Your hellos have ended, and nothing of them is kept.
hello-ends-soon = Your hellos end on { $until }. To let them go on, choose that. If not, there is nothing to do.

# At the time.
hello-greeting = Hello.
hello-hello = Hello
hello-here-undo = Nothing is kept of your hello, so there is nothing to take back.
hello-wanted = { $person } would like a hello now.
hello-no-answer = { $person } asked that you hear this: there is no answer yet to the hello of { $at }.
hello-no-answer-may = It may mean nothing at all, or that the hello did not reach them. Nobody else hears this, and I say it once.

# Buddies.
hello-ask = { $person } asks whether you would be their buddy for hellos. The next would be { $times }. If not, there is nothing to do.
hello-ask-ends = It holds for some weeks. You can stop at any time, with no reason.
hello-part-wanted = You hear at the time that they would like a hello, but not in your quiet hours or a pause.
hello-part-unanswered = If they do not answer within { $wait }, you hear once that there is no answer yet. What you do then is yours to choose.
hello-yes = Yes, I will
hello-agreed = { $person } is your buddy for hellos. They start now, and end by themselves on { $until }.
hello-agreed-you = You are { $person }’s buddy for hellos, until { $until }, or longer if they go on.
hello-agreed-stop = To stop, type “hello unbuddy”. No reason is needed.
hello-no-longer = Stop being a buddy
hello-gone = That is not asked any more. Nothing was changed.
hello-unbuddy-none = You are nobody’s buddy there, so there is nothing to end.
hello-unbuddy-which = Whose buddy do you want to be no longer?
hello-unbuddy-undo = You are their buddy no longer. They may ask you again.
hello-unbuddied = You are their buddy no longer. They hear that they need to choose anew, and no reason.
hello-buddy-gone = You need to choose a buddy anew for your hellos. Nothing is said until then.
hello-over = { $person } needs no buddy for hellos any more. There is nothing for you to do.
