# What is suggested while somebody types, in worlds that can show it.

suggest-word = { $word }
suggest-now = Now
suggest-today = Today, { $time }
suggest-tomorrow = Tomorrow, { $time }
suggest-moment = { $when }
suggest-length = { $length }
suggest-leads = { $leads } before
suggest-none = No pings
suggest-zone = { $zone }, where it is { $now }
