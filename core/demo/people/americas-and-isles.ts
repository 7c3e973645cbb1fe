import type { CultureSource } from './culture.ts';

const englishWomen =
  'Mary Emma Olivia Grace Hannah Chloe Megan Rachel Laura Sarah Amy Jessica Emily Charlotte Sophie Lucy Alice Ruth Helen Diane Karen Susan Nicole Heather Melissa Amanda Stephanie Rebecca Angela Brenda Joyce Natalie Vanessa Audrey Claire Fiona Gillian Bridget Maureen Tara Jane Paige Brooke Vivian Tessa Naomi Esther Leah Miriam Joanna Phoebe Rosalind Beatrice Imogen Harriet Matilda Daphne Josephine Loretta Yvonne';
const englishMen =
  'James John Robert Michael David William Richard Thomas Daniel Matthew Anthony Mark Steven Paul Andrew Joshua Kevin Brian George Edward Ryan Jacob Nicholas Eric Jonathan Justin Scott Brandon Benjamin Samuel Gregory Patrick Jack Dennis Nathan Henry Peter Adam Kyle Walter Ethan Jeremy Harold Carl Keith Roger Gerald Terrence Sean Austin Noah Dylan Bruce Jordan Alan Ralph Liam Callum Declan Rory Angus Fergus Hugh Graham Neil Stuart Clive Trevor Duncan Alistair';
const englishFamilies =
  'Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Moore Jackson Martin Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Hill Green Adams Baker Nelson Carter Mitchell Roberts Turner Phillips Campbell Parker Evans Edwards Collins Stewart Morris Rogers Reed Cook Morgan Bell Murphy Bailey Cooper Richardson Cox Howard Ward Peterson Gray Watson Brooks Kelly Sanders Price Bennett Wood Barnes Ross Henderson Coleman Jenkins Perry Powell Long Patterson Hughes Washington Butler Simmons Foster Bryant Alexander Russell Griffin Hayes Myers Ford Hamilton Graham Sullivan Wallace Woods Cole West Jordan Owens Reynolds Fisher Ellis Harrison Gibson Mcdonald Cruz Marshall Ortiz Gomez Murray Freeman Wells Webb Simpson Stevens Tucker Porter Hunter Hicks Crawford Henry Boyd Mason Kennedy Warren Dixon Ramos Burns Gordon Shaw Holmes Rice Robertson Hunt Black Daniels Palmer Mills Nichols Grant Knight Ferguson Stone Hawkins Dunn Perkins Hudson Spencer Gardner Payne Pierce Berry Matthews Arnold Wagner Willis Ray Watkins Olson Carroll Duncan Snyder Hart Cunningham Bradley Lane Andrews Ruiz Harper Fox Riley Armstrong Carpenter Weaver Greene Lawrence Elliott Chavez Sims Austin Peters Kelley Franklin Lawson Fields Ryan Schmidt Carr Wheeler Chapman Oliver Montgomery Richards Williamson Johnston Banks Meyer Bishop Mccoy Howell Morrison Hansen Garza Harvey Little Burton Stanley Nguyen George Jacobs Reid Fuller Lynch Dean Gilbert Garrett Welch Larson Frazier Burke Hanson Day Moreno Bowman Fowler';

export const americasAndIsles: readonly CultureSource[] = [
  {
    key: 'united-states',
    weight: 24,
    country: 'United States',
    language: 'en',
    languageShare: 1,
    women: englishWomen,
    men: englishMen,
    families: englishFamilies,
    places:
      'Chicago/IL/606##; Houston/TX/770##; Denver/CO/802##; Seattle/WA/981##; Boston/MA/021##; Atlanta/GA/303##; Portland/OR/972##; Cleveland/OH/441##; Milwaukee/WI/532##; Pittsburgh/PA/152##; Minneapolis/MN/554##; Charlotte/NC/282##; Phoenix/AZ/850##; St. Louis/MO/631##; Buffalo/NY/142##; Omaha/NE/681##',
    streets:
      '### Main Street; #### Industrial Parkway; ## Harbor Drive; #### W 4th Avenue; ### Commerce Blvd, Suite #0#',
    mobilePhones: '+1 (3##) 555-01##; 3##-555-01##; (3##) 555 01##; +13##55501##; 3##.555.01##',
    workPhones: '+1 (2##) 555-01## ext. ###; (2##) 555-01##; 1-2##-555-01##',
    companyForms: ', Inc.; Inc.; LLC; Corp.; ; Company; Group',
    topLevelDomains: 'com com com us net',
  },
  {
    key: 'united-kingdom',
    weight: 9,
    country: 'United Kingdom',
    language: 'en',
    languageShare: 1,
    women: englishWomen,
    men: englishMen,
    families: `${englishFamilies} Featherstone Ashworth Ramsbottom Thistlewood Pemberton Hargreaves Llewellyn MacLeod Sinclair Drummond Abernethy`,
    places:
      'London//EC#A #BB; Manchester//M## #AE; Leeds//LS# #DP; Bristol//BS# #XN; Glasgow//G# #HA; Cardiff//CF## #AG; Sheffield//S# #GZ; Belfast//BT# #EW',
    streets: '## High Street; # Mill Lane; Unit ##, Canal Road; ### Station Road',
    mobilePhones: '+44 7700 900###; 07700 900###; 07700-900-###; +447700900###',
    workPhones: '+44 20 7946 0###; 020 7946 0###; (0161) 496 0###',
    companyForms: 'Ltd; Limited; plc; LLP; & Sons Ltd; ',
    topLevelDomains: 'co.uk co.uk uk com',
  },
  {
    key: 'ireland',
    weight: 2,
    country: 'Ireland',
    language: 'en',
    languageShare: 1,
    women: 'Aoife Niamh Siobhán Caoimhe Róisín Gráinne Sinéad Órla Maeve Ciara Deirdre Éabha',
    men: 'Seán Oisín Cillian Pádraig Ruairí Eoin Darragh Cormac Tadhg Conor Fionn Séamus',
    families:
      "O'Brien Murphy Ó_Súilleabháin Kelly Byrne Ryan O'Connor Walsh Doyle McCarthy Gallagher Ní_Bhriain Kavanagh Nolan Brennan",
    places: 'Dublin//D0# X###; Cork//T12 W###; Galway//H91 E###; Limerick//V94 T###',
    streets: '## Main Street; # Quay Road; Unit #, Dock Road',
    mobilePhones: '+353 85 012 ####; 085 012 ####; +35385012####',
    workPhones: '+353 1 960 ####; (01) 960 ####',
    companyForms: 'Ltd; DAC; Teoranta; & Co.',
    topLevelDomains: 'ie ie com',
  },
  {
    key: 'canada-french',
    weight: 2,
    country: 'Canada',
    language: 'fr',
    languageShare: 0.6,
    women: 'Geneviève Maude Josée Andréanne Chantal Océane Marie-Ève Sylvie Gabrielle Noémie',
    men: 'Étienne Guillaume Benoît Félix Jean-François Stéphane Luc Yves Mathieu Rémi',
    families:
      'Tremblay Gagnon Bouchard Côté Fortin Gauthier Lévesque Bélanger Pelletier Bergeron Paquette Thériault',
    places: 'Montréal/QC/H#A #B#; Québec/QC/G#R #K#; Gatineau/QC/J#X #T#; Sherbrooke/QC/J#H #M#',
    streets: '###, rue Saint-Denis; ####, boulevard Laurier; ##, chemin du Lac',
    mobilePhones: '+1 514 555-01##; (514) 555-01##; 514.555.01##',
    workPhones: '+1 418 555-01## poste ###; (418) 555-01##',
    companyForms: 'inc.; ltée; & Fils inc.; ',
    topLevelDomains: 'ca ca com quebec',
  },
  {
    key: 'mexico',
    weight: 3,
    country: 'Mexico',
    language: 'es',
    languageShare: 0.7,
    women: 'María_José Guadalupe Ximena Verónica Alejandra Lucía Mónica Inés Renata Jimena Rocío Paulina',
    men: 'José_Luis Alejandro Ángel Héctor Raúl Joaquín Andrés Óscar Iván Emiliano Rodrigo Gerardo',
    families:
      'Hernández García Martínez López González Rodríguez Pérez Sánchez Ramírez Núñez Muñoz Ibáñez Domínguez Vázquez Peña',
    places:
      'Monterrey/Nuevo León/64###; Guadalajara/Jalisco/44###; Querétaro/Querétaro/76###; Puebla/Puebla/72###; Ciudad de México/CDMX/06###',
    streets: 'Av. Reforma ###; Calle Hidalgo ##; Blvd. Díaz Ordaz ####; Carretera Nacional km ##',
    mobilePhones: '+52 1 55 5###-####; 55 5### ####; +5255########',
    workPhones: '+52 (81) 8###-####; (33) 3### ####; 442 2## ## ## ext. ##',
    companyForms: 'S.A. de C.V.; S. de R.L.; Grupo *; ',
    topLevelDomains: 'com.mx mx com',
  },
  {
    key: 'brazil',
    weight: 3,
    country: 'Brazil',
    language: 'en',
    languageShare: 1,
    women: 'Ana_Luíza Beatriz Conceição Fernanda Júlia Letícia Luciana Márcia Patrícia Thaís Larissa Inês',
    men: 'João Antônio Luís Márcio José Fábio Caetano Rogério Sérgio Thiago Vinícius Estêvão',
    families:
      'da_Silva dos_Santos Oliveira Souza Gonçalves Araújo Conceição Magalhães Guimarães Nóbrega Falcão Brandão Simões',
    places:
      'São Paulo/SP/01###-###; Curitiba/PR/80###-###; Belo Horizonte/MG/30###-###; Florianópolis/SC/88###-###',
    streets: 'Rua das Flores, ###; Avenida Paulista, ####; Rodovia BR-116, km ##',
    mobilePhones: '+55 11 9####-####; (11) 9####-####; 11 9 #### ####',
    workPhones: '+55 (41) 3###-####; (31) 3###-####; 0800 ### ####',
    companyForms: 'Ltda.; S.A.; ME; ',
    topLevelDomains: 'com.br com.br com',
  },
  {
    key: 'argentina',
    weight: 1,
    country: 'Argentina',
    language: 'es',
    languageShare: 0.8,
    women: 'Agustina Belén Camila Florencia Martina Sofía Micaela Rocío Ángeles Candela',
    men: 'Agustín Facundo Gastón Joaquín Lautaro Matías Nicolás Ramón Sebastián Tomás',
    families: 'Fernández Giménez Álvarez Romero Benítez Acuña Bianchi Rossi Ledesma Peralta Zárate',
    places: 'Buenos Aires/CABA/C1###; Córdoba/Córdoba/X5###; Rosario/Santa Fe/S2###',
    streets: 'Av. Corrientes ####; San Martín ###; Ruta 9 km ##',
    mobilePhones: '+54 9 11 ####-####; 11 ####-####; (011) 15-####-####',
    workPhones: '+54 351 4##-####; (0341) 4##-####',
    companyForms: 'S.R.L.; S.A.; e Hijos; ',
    topLevelDomains: 'com.ar ar',
  },
];
