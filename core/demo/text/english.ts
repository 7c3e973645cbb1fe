import { englishDeal } from './english-deal.ts';
import type { LanguageSource } from './language.ts';

/** English, with what happens after a signature; the way to it is in `english-deal.ts`. */
export const english: LanguageSource = {
  key: 'en',
  months: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  date: 'D M',
  greeting: '[Hi|Hello|Dear|Good morning] {first},',
  closing: '[Best regards|Kind regards|Best|Thanks|All the best|Cheers],\n{rep}',
  aside:
    '[I am travelling until {date} but read my mail.|Sorry for the late answer, it was a full week.|Greetings from a rainy {city}.|{colleague} is in copy.|Please keep {colleague} posted as well.|I tried to call you earlier.|Have a good weekend.|I am out from {date} on; {colleague} stands in for me.]',
  reply: 'Re: ',
  topics: {
    ...englishDeal,
    onboarding: {
      turns: [
        {
          as: 'meeting',
          subject: '[Kick-off with|Project start at] {account}',
          body: '[Kick-off with {first} and {colleague}.|Project started: {first}, {colleague}, two of ours.] [Site in {city} first, then the others, all {sites} by {laterDate}.|Plan: sensors by {date}, alarms live by {laterDate}.] [Risk: nobody is named for the night alarms yet.|They still owe us the floor plans.|Everyone knows what to do.]',
          outcome: 'Plan agreed',
        },
        {
          as: 'email_in',
          subject: '[Training|First week with {product}|Question about alarms]',
          body: '[The sensors are up and reading.|First week is over.|Mounting went quickly.] [Could you train the night shift on {date}?|How do I silence an alarm during cleaning?|Two sensors in {city} do not report.|{colleague} has no login yet.]',
        },
        {
          as: 'call_out',
          subject: 'Help with the start',
          body: '[Solved it with {first} on the phone.|Walked {first} through it.] [Two gateways were on the wrong network.|Alarm limits were set in the wrong unit.|Login made, training on {date}.] [All {units} sensors report now.|They are live.]',
          outcome: 'Solved',
        },
      ],
    },
    review: {
      turns: [
        {
          as: 'meeting',
          subject: '[Review with|Quarterly review at|How is {product} doing at] {account}',
          body: '[Looked at the quarter with {first}.|Review with {first} and {colleague}.] [{hours} hours of stoppage less than before.|Three real alarms, one of them saved a batch.|The night shift uses it more than the day shift.] [Wish: reports by shift.|They would like {otherProduct} on the second site.|Wish: a list of sensors with a low battery.] [Satisfied.|Very satisfied, would speak as a reference.|Satisfied, with the one wish open until {date}.]',
          outcome: '[Satisfied|Possible reference|Wants {otherProduct}]',
        },
        {
          as: 'email_in',
          subject: '[More sensors|Extension|Next site]',
          body: '[It works, so the next question comes.|{colleague} asks for the same in {city}.] [What would {units} more sensors cost?|Does {otherProduct} fit our gateways?|Can the second site run under the same contract?]',
        },
      ],
    },
    complaint: {
      turns: [
        {
          as: 'email_in',
          subject: '[Alarm did not come|False alarms every night|Still waiting for support|Wrong invoice]',
          body: '[I have to complain.|This cannot go on.|I am really annoyed.] [On {date} the cold room failed and no alarm came.|We had {days} false alarms in one week; my people switch them off.|Your support has not answered for {days} days.|The invoice over {amount} is wrong for the second time.] [What are you going to do about it?|I expect a call today.|{colleague} asks me why we pay for this.]',
        },
        {
          as: 'call_out',
          subject: '[Complaint|Called about the complaint]',
          body: '[Called {first} at once and listened.|{first} was angry, and with reason.] [The gateway had lost its clock; engineers are on it.|A limit was set too tight during the update.|Ticket lay in the wrong queue.|Accounting will issue a credit.] Promised a cause and a fix by {date}.',
          outcome: 'Fix promised by {date}',
        },
      ],
      good: [
        {
          as: 'email_out',
          subject: '[What went wrong, and what we did|Cause and fix]',
          body: '[As promised, the cause:|You were owed an explanation:] [an update reset the alarm limits; it is undone and tested.|the gateway lost its time after a power cut; the new version keeps it.|our queue was understaffed; you now have a named engineer.|a wrong price list; the credit note is attached.] [It will not happen again in this form.|I am sorry for the trouble.|The next month is on us.]',
        },
        {
          as: 'email_in',
          body: '[Thank you for the quick reaction.|That is how I wish support to be.|Good. The alarms are quiet since.] [Let us leave it at that.|{colleague} is content as well.|Case closed for us.]',
        },
      ],
      bad: [
        {
          as: 'email_in',
          body: '[It happened again.|You promised it by {date}, and nothing has come.|The fix did not hold.] [We are looking at alternatives.|{colleague} wants out of the contract.|I have lost the trust of my people over this.]',
        },
      ],
    },
    renewal: {
      turns: [
        {
          as: 'email_out',
          subject: '[Renewal of {product}|Your subscription ends on {laterDate}]',
          body: '[Your subscription ends on {laterDate}.|The first term is nearly over.] [May I send the renewal over {amount}?|I suggest another {years} years at the same price.|Shall we meet and look at the next term?] [You will have the papers by {date}.|]',
        },
        {
          as: 'email_in',
          body: '[Good that you ask.|We have spoken about it.] [We are content, but {amount} is {discount} percent more than before. Why?|Before we renew: when do the reports by shift come?|{colleague} wants to compare with {competitor} first.|Yes in principle. Can the sites in {city} be left out?] [Please answer by {date}.|]',
        },
      ],
      good: [
        {
          as: 'call_in',
          subject: 'Renewal',
          body: '{first} [renews for {years} years.|renews and adds {units} sensors.|renews at the old price; I agreed.] [Papers by {date}.|Signature is a formality.]',
          outcome: 'Renewed',
        },
      ],
      bad: [
        {
          as: 'call_in',
          subject: 'Renewal in doubt',
          body: '{first} [does not want to renew for more than a year.|puts the renewal off until {month}.|has been told to save {discount} percent everywhere.] [Usage is down, only one site of {sites} still looks at it.|The old complaint came up again.]',
          outcome: 'Renewal at risk',
        },
      ],
    },
    churn: {
      turns: [
        {
          as: 'note',
          subject: '[Warning signs|At risk] at {account}',
          body: '[Logins have halved since {pastMonth}.|Nobody has opened {product} for {days} days.|{first} no longer answers; {colleague} asks for the export format.] [New {colleagueTitle} comes from a customer of {competitor}.|The complaint from {pastMonth} was never really healed.]',
        },
        {
          as: 'email_in',
          subject: '[Notice|Termination of our contract]',
          body: '[We hereby give notice to {laterDate}.|After long thought we end the contract on {laterDate}.] [The alarms failed us when it counted.|We move everything to {competitor}.|The site in {city} closes, there is nothing left to monitor.|It was never used as we hoped.] [Please confirm, and tell us how we get our readings out.|]',
        },
        {
          as: 'call_out',
          subject: 'After the notice',
          body: '[Asked {first} for the real reason.|Tried to turn it around.] [Support was the reason, not the price.|They lost faith after the failed alarm on {date}.|Only {units} of the sensors were ever used.|A decision of the group, nothing to be done.] [Left the door open; call again in {month}.|Will export the readings by {date}, as promised.]',
          outcome: 'Lost as a customer',
        },
      ],
    },
    checkIn: {
      turns: [
        {
          as: 'call_out',
          subject: '[Short call|Keeping in touch|Called {contact}]',
          body: '[Short call with {first}.|Reached {first} between two meetings.|Caught {first} in the car.] [Nothing urgent.|Busy with the audit on {date}.|New site in {city} planned for {month}.|{colleague} is now {colleagueTitle}.|Asked about the news in {product}.|Happy with the last delivery.] [Call again in {weeks} weeks.|{colleague} asked about {otherProduct}.|They replace {system} in {month}.|Meet at the fair in {month}.|I send the news on {otherProduct} by {date}.|]',
          outcome: '[Call again in {month}|No need now|]',
        },
        {
          as: 'email_out',
          subject: '[News on {otherProduct}|See you in {city}?|Invitation for {date}]',
          body: '[We have given {otherProduct} a longer battery life.|On {date} we show {otherProduct} in {city}.|{reference} tells on {date} how they saved {hours} hours a month.] [Shall I keep a place for you?|Would that be of interest to {colleague} too?|I can bring a set along when I am in {city}.]',
        },
        {
          as: 'email_in',
          subject: '[Quick question|Data sheet|Contact for {city}]',
          body: '[Could you send me the data sheet of {otherProduct}?|Who is our contact for the site in {city}?|Is {product} approved for outdoor use?|Do you know somebody who calibrates?|Can we lend {units} sensors for {days} days?] [It is not urgent.|By {date} would be good.|]',
        },
        {
          as: 'note',
          subject: '[About {contact}|Remember|For the next visit]',
          body: '[{first} moved to the office in {city}.|{first} prefers calls before nine.|{first} is back from leave on {date}.|{first} took over the sites of {colleague}.|{first} knows the people at {reference} well.|{first} asked not to get the newsletter.|{first} and {colleague} do not always agree.|{first} reports to the {colleagueTitle} since {pastMonth}.|{first} ran {system} before.] [{sites} sites, about {units} points.|Budget round in {month}.|] [Ask how the audit went.|Bring the new sensor along.|Mention {otherProduct}.|]',
        },
        {
          as: 'meeting',
          subject: '[Coffee with|Lunch with|Visit at] {contact}',
          body: '[Was in {city} anyway and dropped in.|Met {first} at the fair.|Lunch with {first}.] [They hire {units} people and have no time for projects before {month}.|Heard that {competitor} is calling them every month.|The group wants one supplier for all {sites} sites.|Talked more about football than about sensors.] [No next step.|Promised a call by {date}.|Introduced me to {colleague} ({colleagueTitle}).]',
        },
      ],
    },
  },
};
