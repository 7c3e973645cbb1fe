import type { LanguageSource } from './language.ts';

export const german: LanguageSource = {
  key: 'de',
  months: [
    'Januar',
    'Februar',
    'März',
    'April',
    'Mai',
    'Juni',
    'Juli',
    'August',
    'September',
    'Oktober',
    'November',
    'Dezember',
  ],
  date: 'D. M',
  greeting: '[Guten Tag {contact}|Hallo {first}|Guten Morgen {first}|Guten Tag],',
  closing: '[Mit freundlichen Grüßen|Viele Grüße|Beste Grüße|Herzliche Grüße]\n{rep}',
  aside:
    '[Ich bin bis {date} unterwegs, lese aber meine Mails.|Entschuldigen Sie die späte Antwort.|{colleague} steht in Kopie.|Grüße aus {city}.|Ab {date} vertritt mich {colleague}.|Ich hatte schon versucht, Sie zu erreichen.]',
  reply: 'AW: ',
  topics: {
    introduction: {
      turns: [
        {
          as: 'email_out',
          subject: '[Zustandsüberwachung|Weniger Stillstand] bei {account}',
          body: '[Ich habe gelesen, dass|Ein Kollege erzählte mir, dass] {account} [in {city} erweitert|mehrere Standorte betreibt|gerade modernisiert]. [Betriebe wie {reference}|Andere Ihrer Branche, darunter {reference},] sehen mit {product} [einen Lagerschaden Tage vorher|jede Temperatur, ohne Runden zu gehen]. [Hätten Sie am {date} zwanzig Minuten?|Darf ich Ihnen das am {laterDate} zeigen?]',
        },
        {
          as: 'call_out',
          subject: 'Erstgespräch {contact}',
          body: '[{first} gleich erreicht, gutes Gespräch.|Zehn Minuten mit {first}.] [Rund {hours} Stunden Stillstand im Monat.|Messwerte werden noch von Hand notiert.|Im {pastMonth} sind zwei Kühlräume über das Wochenende ausgefallen.] [Zweites Gespräch am {date}.|Unterlagen bis {date} zugesagt.]',
          outcome: 'Interesse, Termin am {date}',
        },
      ],
    },
    discovery: {
      turns: [
        {
          as: 'meeting',
          subject: 'Bedarfsaufnahme {account}',
          body: '[Rundgang mit {first} und {colleague}.|Termin vor Ort mit {first}, {colleague} kam dazu.] {sites} Standorte, etwa {units} Messpunkte. [Alarme laufen beim Pförtner auf.|Die Logger werden alle {days} Tage ausgelesen.|Der Auditbefund muss bis {laterDate} erledigt sein.] [Angebot bis {date} versprochen.|Nächster Schritt: Vorführung mit eigenen Daten.]',
          outcome: 'Angebot bis {date} versprochen',
        },
        {
          as: 'email_in',
          subject: '[Nachtrag zum Termin|Noch eine Frage]',
          body: '[Vielen Dank für den Besuch.|Das Gespräch war hilfreich.] [Eines noch: Die Alarme müssen auch per Anruf kommen.|{colleague} möchte die Werte der letzten {years} Jahre übernehmen.|Können wir mit dem Standort {city} beginnen?] [Bitte berücksichtigen Sie das im Angebot.|Wann dürfen wir mit dem Angebot rechnen?]',
        },
      ],
    },
    demonstration: {
      turns: [
        {
          as: 'meeting',
          subject: 'Vorführung {product}',
          body: '[Vorführung am laufenden Kühlraum.|Mit den eigenen Daten vom {pastMonth} gezeigt.] [{first} gefiel die Alarmkette am besten.|Die Schichtleiter kamen ohne Hilfe zurecht.|{colleague} vermisst Berichte je Schicht.] [Sie möchten {units} Sensoren zur Probe.|Als Nächstes der Preis.]',
          outcome: '[Positiv|Probestellung gewünscht]',
        },
      ],
      good: [
        {
          as: 'note',
          subject: 'Probe beendet',
          body: '[Probestellung erfolgreich: {days} Tage, zwei echte Alarme.|Die Probe hat einen Lagerschaden gefunden.] {first} [zeigt die Kurve überall herum.|ist überzeugt.]',
        },
      ],
      bad: [
        {
          as: 'note',
          subject: 'Probe beendet',
          body: '[Die Leihsensoren lagen ungeöffnet im Büro.|Funk reichte nicht in den Keller in {city}.] [{colleague} zweifelt nun.|So wird das nichts.]',
        },
      ],
    },
    pricing: {
      turns: [
        {
          as: 'email_in',
          subject: '[Ihr Angebot|Preis {product}]',
          body: '[Danke für das Angebot.|Wir haben das Angebot besprochen.] [{amount} liegen deutlich über unserem Rahmen.|Mit {amount} komme ich bei {colleague} nicht durch.] [Was ist bei {units} Stück möglich?|Gibt es einen Preis für drei Jahre?] Wir brauchen [eine Antwort bis {date}.|bis {date} Klarheit.]',
        },
        {
          as: 'email_out',
          body: '[Wie versprochen unser Vorschlag:|Ich habe mit der Geschäftsleitung gesprochen:] [bei {units} Sensoren geben wir {discount} Prozent.|bei drei Jahren Laufzeit sinkt die Gebühr um {discount} Prozent.] [Das ergibt {reduced}.|Neue Summe: {reduced}.] Gültig bis {laterDate}.',
        },
      ],
      good: [
        {
          as: 'email_in',
          body: '[Damit können wir leben.|{colleague} ist einverstanden.|So passt es.] [Bitte die endgültige Fassung über {reduced}.|Die Bestellung kommt bis {laterDate}.]',
        },
      ],
      bad: [
        {
          as: 'email_in',
          body: '[Leider reicht das nicht.|Auch {reduced} sind zu viel.] [{colleague} geht nicht über die Summe vom Vorjahr.|Das andere Angebot liegt weiter darunter.] [So kommen wir nicht zusammen.|Es tut mir leid.]',
        },
      ],
    },
    integration: {
      turns: [
        {
          as: 'email_in',
          subject: '[Anbindung an {system}|Wie lange dauert die Integration?]',
          body: '[Unsere IT fragt,|{colleague} aus der IT möchte wissen,] wie {product} an {system} [angebunden wird|kommt] und [wie lange das dauert.|wie viel Arbeit das für uns ist.] [Das letzte Projekt hat Monate gedauert.|Vor {month} haben wir niemanden frei.]',
        },
        {
          as: 'email_out',
          body: '[Anbei der Plan.|Wie zugesagt der schriftliche Plan.] [{weeks} Wochen insgesamt, davon {days} Tage bei Ihnen.|Nach {weeks} Wochen kommen die Alarme in {system} an.] [Nur ausgehende Verbindungen.|{reference} nutzt dieselbe Anbindung.] [Start am {laterDate}?|Passt Ihnen der {laterDate}?]',
        },
      ],
      good: [
        {
          as: 'email_in',
          body: '[Die IT ist zufrieden.|{colleague} hat keine Einwände.] [{weeks} Wochen sind in Ordnung.|Wir beginnen am {laterDate}.]',
        },
      ],
      bad: [
        {
          as: 'email_in',
          body: '[Die IT lehnt für dieses Jahr ab.|An der Anbindung scheitert es.] [Wir stellen erst {system} um.|{days} Tage bekommt hier niemand frei.]',
        },
      ],
    },
    delivery: {
      turns: [
        {
          as: 'call_in',
          subject: '[Lieferzeit|Liefertermin]',
          body: '{first} fragt, wann {units} Sensoren da sein können. [Das Audit ist am {laterDate}.|Nur der Stillstand im {month} kommt in Frage.] Antwort bis {date} versprochen.',
          outcome: 'Termin bis {date} klären',
        },
        {
          as: 'email_out',
          body: '[Die Antwort aus der Fertigung:|Gute Nachricht:] [Die erste Hälfte geht am {date} raus.|{units} Sensoren sind am {laterDate} bei Ihnen.] [Die Montage dauert {days} Tage.|Bitte halten Sie die Hebebühne frei.]',
        },
      ],
      good: [
        {
          as: 'email_in',
          body: '[Das passt.|{date} reicht uns, danke.] [Bitte so bestätigen.|Ich gebe es {colleague} weiter.]',
        },
      ],
      bad: [
        {
          as: 'email_in',
          body: '[Das ist zu spät für uns.|Der {laterDate} hilft uns nicht.] [{competitor} liefert ab Lager.|Wir brauchen es in {days} Tagen.]',
        },
      ],
    },
    competitor: {
      turns: [
        {
          as: 'note',
          subject: '{competitor} bei {account}',
          body: '[{first} hat durchblicken lassen, dass {competitor} auch anbietet.|{competitor} liegt etwa {discount} Prozent unter uns.] [Schwäche: keine Alarmkette, {system} nur als Datei.|Wir sollten schnell eine Referenz bringen.]',
        },
      ],
      good: [
        {
          as: 'call_in',
          subject: 'Vergleich',
          body: '{first}: [Der Besuch bei {reference} hat sich gelohnt.|{competitor} konnte die Frage zu {system} nicht beantworten.] [Wir liegen vorn.|Das Team will {product}.]',
          outcome: 'Wir liegen vorn',
        },
      ],
      bad: [
        {
          as: 'call_in',
          subject: '{competitor}',
          body: '{first} sagt offen, dass {competitor} vorn liegt. [Die Hardware gibt es dort dazu.|Preis und ein Partner in {city}.|Sie laufen schon an zwei Standorten.]',
          outcome: 'Hinter {competitor}',
        },
      ],
    },
    contract: {
      turns: [
        {
          as: 'email_in',
          subject: '[Vertrag|Anmerkungen zum Vertrag]',
          body: '[Unsere Rechtsabteilung hat zwei Anmerkungen:|Der Einkauf bittet um eine Änderung:] [Haftung beidseitig begrenzt.|Zahlung nach {days} Tagen.|Kündigungsfrist drei Monate.] [Geht das bis {date}?|]',
        },
      ],
    },
    won: {
      turns: [
        {
          as: 'email_in',
          subject: '[Bestellung|Unterschrieben]',
          body: '[Anbei der unterschriebene Vertrag.|Hier unsere Bestellung über {amount}.] [Den Ausschlag gab die Probe.|Wir freuen uns auf die Zusammenarbeit.|Bitte bestätigen Sie den Termin.]',
        },
      ],
    },
    lost: {
      turns: [
        {
          as: 'email_in',
          subject: 'Unsere Entscheidung',
          body: '[Ich möchte es Ihnen selbst sagen:|Leider keine gute Nachricht:] [wir haben uns gegen {product} entschieden.|die Wahl fiel auf ein anderes Angebot.] [Danke für Ihre Mühe.|Melden Sie sich gern im {month} wieder.]',
        },
      ],
    },
    review: {
      turns: [
        {
          as: 'meeting',
          subject: 'Quartalsgespräch {account}',
          body: '[Rückblick mit {first}.|Quartal mit {first} und {colleague} durchgesehen.] [{hours} Stunden weniger Stillstand.|Drei echte Alarme, eine Charge gerettet.] [Wunsch: Berichte je Schicht.|Interesse an {otherProduct}.] [Zufrieden.|Sehr zufrieden, steht als Referenz bereit.]',
          outcome: '[Zufrieden|Interesse an {otherProduct}]',
        },
      ],
    },
    complaint: {
      turns: [
        {
          as: 'email_in',
          subject: '[Reklamation|Alarm kam nicht|Fehlalarme]',
          body: '[So geht es nicht weiter.|Ich muss mich beschweren.] [Am {date} fiel der Kühlraum aus, und es kam kein Alarm.|{days} Fehlalarme in einer Woche.|Ihr Support antwortet seit {days} Tagen nicht.] [Ich erwarte heute einen Anruf.|Was tun Sie dagegen?]',
        },
      ],
      good: [
        {
          as: 'email_out',
          body: '[Wie zugesagt die Ursache:|Sie hatten eine Erklärung verdient:] [Ein Update hatte die Grenzwerte zurückgesetzt.|Das Gateway hatte nach dem Stromausfall die falsche Zeit.] [Behoben und geprüft.|Der nächste Monat geht auf uns.]',
        },
      ],
      bad: [
        {
          as: 'email_in',
          body: '[Es ist wieder passiert.|Bis {date} war es versprochen, nichts kam.] [Wir sehen uns nach anderen um.|{colleague} will aus dem Vertrag.]',
        },
      ],
    },
    renewal: {
      turns: [
        {
          as: 'email_out',
          subject: 'Verlängerung {product}',
          body: 'Ihr Vertrag läuft am {laterDate} aus. [Darf ich die Verlängerung über {amount} schicken?|Ich schlage {years} weitere Jahre zum gleichen Preis vor.] [Die Unterlagen haben Sie bis {date}.|]',
        },
      ],
      good: [
        {
          as: 'call_in',
          subject: 'Verlängerung',
          body: '{first} verlängert [um {years} Jahre.|und nimmt {units} Sensoren dazu.] Unterlagen bis {date}.',
          outcome: 'Verlängert',
        },
      ],
      bad: [
        {
          as: 'call_in',
          subject: 'Verlängerung offen',
          body: '{first} [will erst {competitor} vergleichen.|soll überall {discount} Prozent sparen.|schiebt die Entscheidung auf {month}.]',
          outcome: 'Verlängerung gefährdet',
        },
      ],
    },
    churn: {
      turns: [
        {
          as: 'email_in',
          subject: 'Kündigung',
          body: 'Hiermit kündigen wir zum {laterDate}. [Der Alarm kam nicht, als es darauf ankam.|Wir wechseln zu {competitor}.|Der Standort {city} wird geschlossen.] [Bitte bestätigen Sie die Kündigung.|]',
        },
      ],
    },
    checkIn: {
      turns: [
        {
          as: 'call_out',
          subject: '[Kurzer Anruf|Kontakt gehalten]',
          body: '[Kurz mit {first} gesprochen.|{first} im Auto erreicht.] [Nichts Dringendes.|Audit am {date}, vorher keine Zeit.|Neuer Standort in {city} ab {month} geplant.] [In {weeks} Wochen wieder anrufen.|Treffen auf der Messe im {month}.]',
          outcome: '[Wieder im {month}|]',
        },
        {
          as: 'email_in',
          subject: '[Kurze Frage|Datenblatt]',
          body: '[Könnten Sie mir das Datenblatt zu {otherProduct} schicken?|Wer ist für {city} zuständig?|Ist {product} für draußen zugelassen?] [Es eilt nicht.|Bis {date} wäre gut.]',
        },
        {
          as: 'note',
          subject: 'Zu {contact}',
          body: '{first} [ist ab {date} aus dem Urlaub zurück.|sitzt jetzt in {city}.|telefoniert lieber vor neun.] [Nach dem Audit fragen.|{otherProduct} erwähnen.|]',
        },
      ],
    },
  },
};
