import type { TopicName, TopicSource } from './language.ts';

/** From the first word to the signature, in English. */
export const englishDeal = {
  introduction: {
    turns: [
      {
        as: 'email_out',
        subject: '[Condition monitoring|Sensor monitoring|Fewer unplanned stops] [for|at] {account}',
        body: '[I saw that|A colleague told me that|We heard at the fair that] {account} [is expanding in|runs several sites around|has just modernised its site in] {city}. [Firms like {reference}|Others in your line, {reference} among them,] use {product} to [see a failing machine days before it stops|keep temperature and vibration in view without walking the rounds|replace the clipboard rounds with live readings].\n\n[Would a call of twenty minutes next week be worth your time?|May I show you what that looks like? {date} or {laterDate} would suit me.|Who in your house looks after this?]',
      },
      {
        as: 'call_out',
        subject: '[First call|Introduction|Getting to know] {contact}',
        body: '[Reached {first} at the second try.|{first} picked up straight away and had ten minutes.|Good first talk with {contact}.] [They lose about {hours} hours a month to unplanned stops.|Readings are still written on paper and typed in at night.|Two cold rooms failed over the weekend last {pastMonth} and nobody noticed until Monday.] [Open to a second talk on {date}.|Wants something in writing first; promised it by {date}.|Asked me to bring {colleague} ({colleagueTitle}) in.]',
        outcome: '[Meeting agreed|Interested, wants material|Second call on {date}]',
      },
      {
        as: 'email_in',
        body: '[Thank you for the call.|Thanks for the documents.|Interesting timing.] [We have looked at this twice before and never got further than a spreadsheet.|Our maintenance team has been asking for this for {years} years.|I passed it on to {colleague}, who decides about such things with me.] [How many sensors would a site like ours need?|Does {product} work where there is no mobile reception?|What would a first step cost, roughly?]',
      },
    ],
  },
  discovery: {
    turns: [
      {
        as: 'meeting',
        subject: '[Needs at|Discovery with|Site visit at] {account}',
        body: '[Walked the plant with {first} and {colleague}.|Ninety minutes with {first}; {colleague} ({colleagueTitle}) joined for the second half.|Video call, cameras on, five people from their side.] {sites} sites, about {units} measuring points. [The old loggers are read by hand every {days} days.|Alarms go to one phone, and that phone is at the porter’s.|They want vibration first, temperature later.] [Pain: {hours} hours of stoppage a month, and an audit finding they must close by {date}.|Main goal is to stop throwing away spoiled batches.|The {colleagueTitle} wants numbers before anything else.] [I promised a proposal by {laterDate}.|We owe them a sizing by {date}.|Next: a demonstration with their own data.]',
        outcome: '[Needs understood|Proposal promised for {laterDate}|Demonstration planned]',
      },
      {
        as: 'note',
        subject: '[Who decides at|Map of|People at] {account}',
        body: '[Decision:|Who decides:] {colleague} ({colleagueTitle}) signs up to {amount}, above that the board. {first} [uses it daily and will push for it|runs the project but has no budget of their own|is careful and wants references]. [IT has a say because of {system}.|Purchasing comes in late and only asks about price.|The works council wants to know what is recorded about people.]',
      },
      {
        as: 'email_out',
        subject: '[What we understood|Summary of our meeting|Notes from today]',
        body: '[Here is what I took home:|In short, as I understood it:] {units} measuring points on {sites} sites, [alarms to the shift lead within a minute|readings every five minutes, kept for {years} years|a view for maintenance and one for quality], [connected to {system}|with an export to {system}|later joined to {system}]. [You will have our sizing by {date}.|I will send the proposal by {laterDate}.|I come back to you by {date} with an answer on the open points.]\n\n[Did I miss anything?|Please correct me where I am wrong.|Is there anyone else I should talk to?]',
      },
      {
        as: 'email_in',
        body: '[That is right, with one change:|Good summary. Only one thing:|Yes, exactly, and in addition:] [the site in {city} has to come first.|we need the alarm by phone call, not only by message.|{colleague} would like the readings of the last {years} years taken over.|we cannot open the firewall from outside.]',
      },
    ],
  },
  demonstration: {
    turns: [
      {
        as: 'meeting',
        subject: '[Demonstration of {product}|{product} shown to the team|Demo at {account}]',
        body: '[Showed {product} on a live cold room.|Ran the demonstration on their own readings from {pastMonth}.|Demo went over by half an hour because they kept asking.] [{first} liked the alarm chain best.|{colleague} tried to break the alarm rules and could not.|The shift leads understood the screen without help.] [Weak spot: reports by shift are still clumsy.|They missed a German manual for the night shift.|Question about offline operation answered on the spot.] [They asked for a trial with {units} sensors.|Next step is the price.|The {colleagueTitle} wants to see a customer who runs it.]',
        outcome: '[Positive|Very positive, trial wanted|Mixed: reports must get better]',
      },
      {
        as: 'email_in',
        subject: '[After the demonstration|Questions from the team|Trial]',
        body: '[The team talked about little else this afternoon.|Thank you for coming out to us.|Good demonstration.] [Before we go on we need to know:|Three people asked me the same thing:|One thing stays open:] [how long does the battery of a sensor last in a freezer?|can we set alarm limits per shift?|what happens to the readings when the network is down?|can {colleague} see all {sites} sites in one view?]',
      },
      {
        as: 'email_out',
        body: '[Good questions.|I asked our engineers, here is the answer.|As promised, the answers.] [In a freezer a battery lasts {years} years at one reading in five minutes.|Limits can be set per shift and per season.|The gateway keeps {days} days of readings and sends them on when the line is back.|Yes: one view over all sites, filtered by what a person may see.] [A loan set of {units} sensors can be with you on {date}.|Shall we plan the trial for {month}?|If that helps I bring {reference} to the phone.]',
      },
    ],
    good: [
      {
        as: 'note',
        subject: 'Trial [result|finished|at {account}]',
        body: '[Trial over: {units} sensors, {days} days, two real alarms caught.|The trial found a bearing that would have failed within the week.|Trial went well, not one reading lost.] [{first} shows the chart to everybody.|{colleague} wants to keep the loan set.|That convinced the {colleagueTitle}.]',
      },
    ],
    bad: [
      {
        as: 'note',
        subject: 'Trial [result|finished|at {account}]',
        body: '[Trial half-hearted: nobody had time to place the sensors.|Radio did not reach the basement in {city}, two days without readings.|They never unpacked the loan set.] [{first} is apologetic, but it does not help us.|{colleague} now doubts the whole thing.]',
      },
    ],
  },
  pricing: {
    turns: [
      {
        as: 'email_in',
        subject: '[Your offer|Price of {product}|Your proposal of last week]',
        body: '[Thank you for the proposal.|We went through the offer with {colleague}.|The offer is clear, thank you.] [At {amount} it is more than we planned.|Frankly, {amount} is hard to get past the {colleagueTitle}.|The sum of {amount} is above what we paid in all the years before.] [Is there room if we take {units} sensors at once?|What would it cost with a term of three years?|Can you separate the hardware from the subscription?] [We need an answer by {date}.|{colleague} presents it on {laterDate}.|]',
      },
      {
        as: 'call_in',
        subject: '[Price|Discount|Question about the offer]',
        body: '{first} called about the price. [Finds {otherProduct} too dear for what it does.|Wants {discount} percent off or the installation for free.|Compares the total over three years with {competitor}.] [Explained what is in the subscription and what is not.|Did not give anything away, asked what the stoppages cost them.|Said I would speak with our management.] Promised an answer by {date}.',
        outcome: 'Answer promised by {date}',
      },
      {
        as: 'email_out',
        subject: '[Revised offer|Our answer on the price|New proposal for {account}]',
        body: '[As promised, here is our answer.|I spoke with our management, and this is what we can do:|You asked for a better price; I looked for a fair way.] [With {units} sensors in one order we give {discount} percent.|With a term of three years the subscription drops by {discount} percent.|We include the installation on the first site and keep the price for {years} years.] [That brings the total to {reduced}.|The new total is {reduced}.] [The offer stands until {laterDate}.|If you sign before {laterDate}, delivery in {weeks} weeks is certain.]',
      },
    ],
    good: [
      {
        as: 'email_in',
        body: '[That works for us.|With that we can live.|{colleague} agrees.] [Please send the final version with {reduced} and the term of three years.|The {discount} percent made the difference.|I have the budget released; the order follows by {laterDate}.]',
      },
      {
        as: 'note',
        subject: 'Price agreed',
        body: '[Price settled at {reduced}, {discount} percent for the volume.|They accept {reduced}; what convinced them were the {hours} hours of stoppage, not the discount.|Agreed: {discount} percent against a term of three years.]',
      },
    ],
    bad: [
      {
        as: 'email_in',
        body: '[We discussed it again.|I am sorry, even so.|Thank you for moving.] [The {colleagueTitle} will not go above last year’s sum.|Your price is still well above the other offer.|At {reduced} it does not pay for us within {years} years.] [I do not see how we get there.|Unless there is another {discount} percent, we stop here.]',
      },
      {
        as: 'call_out',
        subject: 'Price, again',
        body: '[Tried to save it: payment in two parts, smaller start.|Offered to begin with one site.|Asked what price would work; no number.] {first} [was friendly but has no backing from {colleague}.|says the decision about the price has been made upstairs.|is tired of arguing for us.]',
        outcome: 'Price too high for them',
      },
    ],
  },
  integration: {
    turns: [
      {
        as: 'email_in',
        subject: '[Connection to {system}|{system} and {product}|How long does the integration take?]',
        body: '[Our IT asks|{colleague} from IT wants to know|Before we decide I must know] how {product} [talks to {system}|gets its alarms into {system}|hands its readings to {system}], [and above all how long that takes.|and how much of our people’s time it costs.|and who maintains it when we update.] [The last integration took us {weeks} months instead of weeks.|We burnt our fingers with such a project two years ago.|We have no developer to spare before {month}.]',
      },
      {
        as: 'meeting',
        subject: '[Technical call on {system}|Integration workshop|IT questions]',
        body: '[Our engineer and {colleague} on the line.|Technical round with {first} and two people from IT.] [{system} is an old version without an interface for events.|They run {system} behind a proxy; only outgoing calls are allowed.|Their interface can take our alarms as work orders.] [Estimate: {weeks} weeks, of which {days} days need their people.|We think {weeks} weeks; {colleague} thinks double.|A ready connector covers most of it.] [We promised a written plan by {date}.|They get our description of the interface by {date}.]',
        outcome: 'Integration plan promised for {date}',
      },
      {
        as: 'email_out',
        subject: '[Integration plan|Plan for {system}|Written plan, as promised]',
        body: '[Attached is the plan.|Here is the plan we spoke of.] [Week one: connection and test data. After {weeks} weeks the alarms arrive in {system}.|{weeks} weeks in all: one for access, the rest for mapping and tests.|We bring the connector; on your side it is {days} days of work.] [Outgoing calls only, nothing to open in the firewall.|{reference} runs the same connection since {pastMonth}.|If {system} is updated, the connector is ours to keep working.] [Can we fix {laterDate} as the start?|Would {colleague} look it over by {laterDate}?]',
      },
    ],
    good: [
      {
        as: 'email_in',
        body: '[IT is satisfied.|{colleague} has looked it over and has no objection.|The plan convinced our people.] [{weeks} weeks are fine as long as {system} keeps running.|We start on {laterDate}.|That {reference} does the same helped a lot.]',
      },
    ],
    bad: [
      {
        as: 'email_in',
        body: '[IT says no for this year.|{colleague} does not believe in {weeks} weeks.|The connection is the sticking point.] [We move to a new {system} first, and that takes until {month}.|Nobody here can give you {days} days.|Without {system} it is one more island for us.]',
      },
      {
        as: 'note',
        subject: 'Integration [risk|stuck|is the obstacle]',
        body: '[The connection to {system} kills us here: {colleague} plays for time.|We could not show a customer with the same version of {system}.|Integration time is the argument against us, and we have no proof against it.]',
      },
    ],
  },
  security: {
    turns: [
      {
        as: 'email_in',
        subject: '[Security questionnaire|Where is our data?|Data protection]',
        body: '[Our security officer has sent the attached list of {units} questions.|{colleague} ({colleagueTitle}) asks where the readings are kept.|Before we can sign, data protection has to agree.] [Is there a certificate?|Who at your firm can see our readings?|Can we run it in our own data centre?|How fast do you close a hole?] [We need the answers by {date}.|]',
      },
      {
        as: 'email_out',
        body: '[The filled-in list is attached.|Here are the answers from our security lead.] [Readings stay in the region and belong to you.|The certificate and the last test report are enclosed under our agreement.|Every access by our support is logged and you can read the log.] [Two points are open; you have them by {laterDate}.|Happy to go through it by phone on {date}.|]',
      },
    ],
    good: [
      {
        as: 'note',
        subject: 'Security cleared',
        body: '[Security officer has signed off.|Data protection agrees, with a note on retention of {years} years.|Their questions are all answered; {colleague} called it the best answer so far.]',
      },
    ],
    bad: [
      {
        as: 'email_in',
        body: '[The answers do not satisfy our officer.|Security insists on our own data centre.|There is no way around the certificate.] [Without it we may not sign.|I fear that ends it for this year.]',
      },
    ],
  },
  delivery: {
    turns: [
      {
        as: 'call_in',
        subject: '[Delivery time|When can you deliver?|Dates]',
        body: '{first} asks when the {units} sensors can be there. [The audit is on {laterDate}; later than {date} is useless.|The shutdown in {month} is the only window for mounting.|The building opens in {month}.] [Said {weeks} weeks is normal, will check.|I must ask our production, promised word by {date}.]',
        outcome: 'Delivery date to be confirmed by {date}',
      },
      {
        as: 'email_out',
        subject: '[Delivery date|Delivery of your sensors]',
        body: '[I have the answer from our production:|Good news about the date:|As promised:] [the first half ships on {date}, the rest {weeks} weeks later.|{units} sensors on {laterDate}, gateways a week earlier.|we can hold {units} pieces for you until {laterDate}.] [Our people mount them in {days} days.|Please reserve the lift for those days.|]',
      },
    ],
    good: [
      {
        as: 'email_in',
        body: '[That fits our shutdown.|{date} is in time for the audit, thank you.|Perfect.] [Please confirm it in the order.|I have told {colleague}.|We keep the mounting crew free.]',
      },
    ],
    bad: [
      {
        as: 'email_in',
        body: '[That is too late for us.|{laterDate} does not help, the audit is before.|We cannot wait {weeks} weeks.] [{competitor} delivers from stock.|We will have to bridge it with the old loggers.|I need somebody who can deliver in {days} days.]',
      },
    ],
  },
  competitor: {
    turns: [
      {
        as: 'note',
        subject: '{competitor} [is in|at {account}|also invited]',
        body: '[{first} let slip that {competitor} was there last week.|{competitor} has an offer on the table, about {discount} percent below ours.|{competitor} knows {colleague} from an earlier job.] [Their weak spot: no alarm chain, and {system} only by file.|They promise a lot; delivery was late at {reference}.|We should bring a reference quickly.]',
      },
      {
        as: 'call_out',
        subject: '[Us and {competitor}|Comparison]',
        body: '[Asked {first} openly how we stand against {competitor}.|Talked about the comparison.] [They like our screen and their price.|What counts for them is support at night.|{colleague} made a table with {days} points; we lead on most.] [Will send the comparison over three years by {date}.|Offered a visit at {reference} on {laterDate}.]',
        outcome: 'Comparison with {competitor} under way',
      },
    ],
    good: [
      {
        as: 'email_in',
        subject: 'Our comparison',
        body: '[The visit at {reference} was worth the trip.|{competitor} could not answer the question about {system}.|We compared both for {days} days side by side.] [For us you are ahead now.|The team wants {product}.|What tipped it was that your alarms came every time.]',
      },
    ],
    bad: [
      {
        as: 'call_in',
        subject: '{competitor}',
        body: '{first} [is honest: {competitor} is ahead.|says the board prefers {competitor}.] [They throw in the hardware.|They already run two sites of the group.|Price and a local partner in {city}.] [Asked for a last word with {colleague}; not wanted.|I may send one more offer by {date}.]',
        outcome: 'Behind {competitor}',
      },
    ],
  },
  budget: {
    turns: [
      {
        as: 'email_in',
        subject: '[Budget|Approval|Our planning]',
        body: '[The project is wanted, but the budget for this year is spent.|Our budget round closes on {date}.|{colleague} has to release the money.] [What do you need from us to hold the price until {month}?|Could the invoice come in two parts?|I need a page with the benefit in figures.]',
      },
      {
        as: 'email_out',
        body: '[Here is a page you can use:|I put the figures together:] {hours} hours of stoppage a month against {amount} once, [so it pays back in under {weeks} months|which is less than one spoiled batch a quarter|without counting the audit]. [We hold the price until {laterDate}.|Half on delivery, half in {month}, would that help?]',
      },
    ],
    good: [
      {
        as: 'call_in',
        subject: 'Budget released',
        body: '{first} called: [{colleague} has released {amount}.|the board said yes.|they moved money from another project.] [Order number follows by {date}.|Wants to sign before {laterDate}.]',
        outcome: 'Budget released',
      },
    ],
    bad: [
      {
        as: 'email_in',
        body: '[All investments are frozen until further notice.|The board has cut the budget for {month} and after.|The money went to the roof in {city}.] [Please come back next year.|I am sorry, it is not about you.|Perhaps in {month}, perhaps not.]',
      },
    ],
  },
  champion: {
    turns: [
      {
        as: 'note',
        subject: 'Champion: {contact}',
        body: '{first} [is our champion: argues for us in rooms we do not enter.|sells it inside better than I could.|wants this badly: the night calls go to {first}’s phone.] [Needs: one page for {colleague}, and a reference.|Careful not to expose {first}.|Weakness: no budget of their own.]',
      },
      {
        as: 'email_in',
        subject: '[Between us|Internal meeting on {date}|How I will present it]',
        body: '[I present it on {date}.|{colleague} is on board now.|Just so that you know how we stand:] [Could you send me two pictures of {reference} before then?|The one who still doubts is the {colleagueTitle}.|Give me an argument for the {years} years of running cost.] [I want this to happen.|I am confident.|]',
      },
    ],
    bad: [
      {
        as: 'note',
        subject: 'Champion lost',
        body: '[{first} is leaving at the end of {month}; nobody takes the project over.|{first} was moved to {city}; {colleague} starts from zero.|{first} has gone quiet, three calls without an answer.]',
      },
    ],
    good: [
      {
        as: 'call_out',
        subject: 'Internal meeting',
        body: '[{first} presented it, and it went well.|{first} got {colleague} over.] [Nobody spoke against it.|The only question was when we start.] [Paper work next.|They want the contract by {date}.]',
        outcome: 'Internal approval',
      },
    ],
  },
  contract: {
    turns: [
      {
        as: 'email_out',
        subject: '[Contract|Agreement for {product}|Papers]',
        body: '[Please find the contract enclosed.|The final version, with the changes from your side.] [Total {amount}, term {years} years, start on {laterDate}.|I have added the service level that {colleague} asked for.] [If you sign by {date} we keep the delivery slot.|Call me with any question.]',
      },
      {
        as: 'email_in',
        body: '[Our legal department has two remarks:|Purchasing asks for one change:|Nearly there. Only this:] [liability has to be limited both ways.|payment after {days} days instead of thirty.|the notice period should be three months.|the annex with the sites is missing {city}.] [Can you turn that around by {date}?|]',
      },
      {
        as: 'call_out',
        subject: 'Contract details',
        body: '[Went through the remarks with {first}.|Cleared the last points by phone.] [We accept the payment term, they drop the penalty.|Liability as in the standard, notice period three months.] [New version goes out today.|Signature promised for {laterDate}.]',
        outcome: 'Signature promised for {laterDate}',
      },
    ],
  },
  won: {
    turns: [
      {
        as: 'email_in',
        subject: '[Order|Signed|Go ahead]',
        body: '[The signed contract is attached.|Here is our order over {amount}.|It is done: {colleague} has signed.] [We look forward to working with you.|Please confirm the delivery date.|What decided it in the end: your answer on {system} and the trial.|The team is happy.]',
      },
    ],
  },
  lost: {
    turns: [
      {
        as: 'email_in',
        subject: '[Our decision|Thank you for your effort]',
        body: '[I wanted you to hear it from me first:|This is not an easy letter:|Thank you for all your work.] [We have decided against {product}.|We will not go on with the project.|The choice fell on another offer.]',
      },
      {
        as: 'note',
        subject: '[Lost: why|Post-mortem]',
        body: '[What I take from it: ask for the {colleagueTitle} earlier.|We were never in the room with {colleague}.|We reacted instead of leading.] [Call again in {month}.|Stay in touch with {first}.|Their contract elsewhere ends in {years} years.]',
      },
    ],
  },
} satisfies Partial<Record<TopicName, TopicSource>>;
