import type { LanguageSource } from './language.ts';

export const french: LanguageSource = {
  key: 'fr',
  months: [
    'janvier',
    'février',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'août',
    'septembre',
    'octobre',
    'novembre',
    'décembre',
  ],
  date: 'D M',
  greeting: '[Bonjour {first}|Bonjour|Rebonjour {first}],',
  closing: '[Cordialement|Bien cordialement|Bien à vous|Merci d’avance],\n{rep}',
  aside:
    '[Je suis en déplacement jusqu’au {date}.|Désolé pour la réponse tardive.|{colleague} est en copie.|J’ai essayé de vous joindre.|Bonne fin de semaine.|À partir du {date}, {colleague} me remplace.]',
  reply: 'Re : ',
  topics: {
    introduction: {
      turns: [
        {
          as: 'email_out',
          subject: '[Surveillance des équipements|Moins d’arrêts] chez {account}',
          body: '[J’ai lu que|On m’a dit que] {account} [agrandit son site de {city}|exploite plusieurs sites|se modernise]. [Des entreprises comme {reference}|Vos confrères, dont {reference},] [repèrent avec {product} une panne plusieurs jours avant l’arrêt.|suivent leurs températures sans faire de rondes grâce à {product}.] [Auriez-vous vingt minutes le {date} ?|Puis-je vous le montrer le {laterDate} ?]',
        },
        {
          as: 'call_out',
          subject: 'Premier échange avec {contact}',
          body: '[Joint {first} du premier coup.|Dix minutes avec {first}.] [Environ {hours} heures d’arrêt par mois.|Les relevés se font encore sur papier.] [Rendez-vous le {date}.|Documentation promise pour le {date}.]',
          outcome: 'Intéressé, rendez-vous le {date}',
        },
      ],
    },
    discovery: {
      turns: [
        {
          as: 'meeting',
          subject: 'Analyse des besoins, {account}',
          body: 'Visite avec {first} et {colleague}. {sites} sites, environ {units} points de mesure. [L’alarme sonne à l’accueil, personne ne l’entend la nuit.|L’audit doit être clos avant le {laterDate}.|Ils jettent trop de lots.] [Offre promise pour le {date}.|Prochaine étape : une démonstration.]',
          outcome: 'Offre promise pour le {date}',
        },
      ],
    },
    demonstration: {
      turns: [
        {
          as: 'meeting',
          subject: 'Démonstration de {product}',
          body: '[Démonstration sur une chambre froide en service.|Présentation avec leurs propres relevés de {pastMonth}.] [{first} a surtout aimé la chaîne d’alarme.|{colleague} voudrait des rapports par équipe.] [Ils veulent un essai avec {units} capteurs.|Reste le prix.]',
          outcome: '[Positif|Essai demandé]',
        },
      ],
    },
    pricing: {
      turns: [
        {
          as: 'email_in',
          subject: '[Votre offre|Prix de {product}]',
          body: '[Merci pour votre proposition.|Nous avons étudié l’offre avec {colleague}.] [À {amount}, c’est plus que prévu.|{amount}, je ne pourrai pas le défendre.] [Que pouvez-vous faire pour {units} capteurs ?|Et avec un engagement de trois ans ?] Il nous faut une réponse avant le {date}.',
        },
        {
          as: 'email_out',
          body: '[Comme promis, voici notre réponse.|J’en ai parlé à ma direction.] [Pour {units} capteurs, nous accordons {discount} %.|Sur trois ans, l’abonnement baisse de {discount} %.] [Le total revient à {reduced}.|Soit {reduced} au total.] Offre valable jusqu’au {laterDate}.',
        },
      ],
      good: [
        {
          as: 'email_in',
          body: '[Cela nous convient.|{colleague} est d’accord.|Très bien.] [Envoyez-moi la version finale à {reduced}.|La commande suit avant le {laterDate}.]',
        },
      ],
      bad: [
        {
          as: 'email_in',
          body: '[Malheureusement, c’est encore trop cher.|Même à {reduced}, c’est non.] [{colleague} ne dépassera pas la somme de l’an dernier.|L’autre offre reste bien en dessous.]',
        },
      ],
    },
    integration: {
      turns: [
        {
          as: 'email_in',
          subject: '[Connexion à {system}|Délai d’intégration]',
          body: '[Notre service informatique demande|{colleague} veut savoir] comment {product} [se connecte à {system}|envoie ses alarmes vers {system}] et [combien de temps cela prend.|combien de jours il faudra à nos équipes.]',
        },
        {
          as: 'email_out',
          body: 'Voici le plan [promis|dont nous avons parlé] : {weeks} semaines au total, dont {days} jours chez vous. [Rien à ouvrir dans le pare-feu.|{reference} utilise la même connexion.] [On commence le {laterDate} ?|Le {laterDate} vous convient-il ?]',
        },
      ],
      good: [
        {
          as: 'email_in',
          body: '[L’informatique donne son accord.|{colleague} n’a pas d’objection.] [{weeks} semaines, c’est acceptable.|Nous commençons le {laterDate}.]',
        },
      ],
      bad: [
        {
          as: 'email_in',
          body: '[L’informatique refuse pour cette année.|C’est l’intégration qui bloque.] [Nous changeons d’abord {system}.|Personne n’a {days} jours à y consacrer.]',
        },
      ],
    },
    delivery: {
      turns: [
        {
          as: 'call_in',
          subject: 'Délai de livraison',
          body: '{first} demande quand les {units} capteurs peuvent arriver. [L’audit est le {laterDate}.|Seul l’arrêt de {month} est possible pour la pose.] Réponse promise avant le {date}.',
          outcome: 'Date à confirmer avant le {date}',
        },
      ],
      good: [
        {
          as: 'email_in',
          subject: 'Livraison',
          body: '[Le {date} nous va.|Parfait pour l’audit.] [Merci de confirmer.|Je préviens {colleague}.]',
        },
      ],
      bad: [
        {
          as: 'email_in',
          subject: 'Livraison',
          body: '[C’est trop tard pour nous.|Nous ne pouvons pas attendre {weeks} semaines.] [{competitor} livre du stock.|L’audit sera passé.]',
        },
      ],
    },
    competitor: {
      turns: [
        {
          as: 'note',
          subject: '{competitor} chez {account}',
          body: '[{first} laisse entendre que {competitor} est passé.|{competitor} est environ {discount} % moins cher.] [Leur point faible : pas de chaîne d’alarme.|Il faut amener vite une référence.]',
        },
      ],
      good: [
        {
          as: 'call_in',
          subject: 'Comparaison',
          body: '{first} : [la visite chez {reference} a convaincu.|{competitor} n’a pas su répondre sur {system}.] Nous sommes devant.',
          outcome: 'Devant {competitor}',
        },
      ],
      bad: [
        {
          as: 'call_in',
          subject: '{competitor}',
          body: '{first} le dit franchement : {competitor} est devant. [Le matériel est offert.|Question de prix.|Un partenaire local à {city}.]',
          outcome: 'Derrière {competitor}',
        },
      ],
    },
    won: {
      turns: [
        {
          as: 'email_in',
          subject: '[Commande|Signé]',
          body: '[Le contrat signé est joint.|Voici notre commande de {amount}.] [C’est l’essai qui a tout décidé.|Au plaisir de travailler ensemble.|Merci de confirmer la date.]',
        },
      ],
    },
    lost: {
      turns: [
        {
          as: 'email_in',
          subject: 'Notre décision',
          body: '[Je voulais vous le dire moi-même :|Ce n’est pas une bonne nouvelle :] [nous n’avons pas retenu {product}.|le projet s’arrête.] [Merci pour votre travail.|Rappelez-moi en {month}.]',
        },
      ],
    },
    complaint: {
      turns: [
        {
          as: 'email_in',
          subject: '[Réclamation|Alarme non reçue]',
          body: '[Cela ne peut pas continuer.|Je suis très mécontent.] [Le {date}, la chambre froide est tombée en panne sans aucune alarme.|{days} fausses alarmes en une semaine.|Votre support ne répond pas depuis {days} jours.] J’attends votre appel aujourd’hui.',
        },
      ],
      good: [
        {
          as: 'email_out',
          body: '[Comme promis, la cause :|Vous méritez une explication :] [une mise à jour avait effacé les seuils.|la passerelle avait perdu l’heure.] [C’est corrigé et testé.|Le mois prochain est offert.]',
        },
      ],
      bad: [
        {
          as: 'email_in',
          body: '[C’est arrivé de nouveau.|Rien n’est venu le {date}, malgré votre promesse.] [Nous regardons ailleurs.|{colleague} veut résilier.]',
        },
      ],
    },
    renewal: {
      turns: [
        {
          as: 'email_out',
          subject: 'Renouvellement de {product}',
          body: 'Votre contrat se termine le {laterDate}. [Puis-je vous envoyer le renouvellement à {amount} ?|Je propose {years} ans de plus au même prix.]',
        },
      ],
      good: [
        {
          as: 'call_in',
          subject: 'Renouvellement',
          body: '{first} renouvelle [pour {years} ans.|et ajoute {units} capteurs.] Papiers avant le {date}.',
          outcome: 'Renouvelé',
        },
      ],
      bad: [
        {
          as: 'call_in',
          subject: 'Renouvellement incertain',
          body: '{first} [veut d’abord comparer avec {competitor}.|doit économiser {discount} % partout.]',
          outcome: 'Renouvellement en danger',
        },
      ],
    },
    churn: {
      turns: [
        {
          as: 'email_in',
          subject: 'Résiliation',
          body: 'Nous résilions le contrat au {laterDate}. [L’alarme n’a pas fonctionné quand il le fallait.|Nous passons chez {competitor}.|Le site de {city} ferme.]',
        },
      ],
    },
    checkIn: {
      turns: [
        {
          as: 'call_out',
          subject: '[Petit appel|Prise de nouvelles]',
          body: '[Bref échange avec {first}.|{first} entre deux réunions.] [Rien d’urgent.|Très pris par l’audit du {date}.|Nouveau site à {city} prévu pour {month}.] [Rappeler dans {weeks} semaines.|On se voit au salon en {month}.]',
          outcome: '[Rappeler en {month}|]',
        },
        {
          as: 'email_in',
          subject: '[Petite question|Fiche technique]',
          body: '[Pourriez-vous m’envoyer la fiche de {otherProduct} ?|Qui s’occupe de {city} ?|{product} convient-il à l’extérieur ?] [Rien d’urgent.|Avant le {date} si possible.]',
        },
        {
          as: 'note',
          subject: 'À propos de {contact}',
          body: '{first} [est maintenant à {city}.|rentre de congé le {date}.|préfère être appelé avant neuf heures.] [Demander des nouvelles de l’audit.|Parler de {otherProduct}.|]',
        },
      ],
    },
  },
};
