/* gazetteer.c - towns in which servers stand, and their countries.
 *
 * A place is judged only when it is known to be a place: "in Frankfurt" is one, "in Production" is not. The list holds
 * the towns of the large data-centre markets and of the regions of public clouds, and the larger towns of the countries
 * that rent out most servers; names that are words or people's too (Reading, Nice, Austin) are left out. A manifest's
 * own locations come on top.
 */
#include "manifest/gazetteer.h"

static const struct {
    const char *country, *towns; /* towns separated by commas */
} gazetteer[] = {
    {"Argentina", "Buenos Aires,Rosario,Mendoza"},
    {"Australia", "Sydney,Melbourne,Perth,Brisbane,Canberra,Adelaide,Hobart"},
    {"Austria",
     "Vienna,Graz,Linz,Salzburg,Innsbruck,Klagenfurt,Bregenz,Villach,Wels,Kitzbühel,Lienz,Steyr,Dornbirn,Eisenstadt"},
    {"Belgium", "Brussels,Antwerp,Ghent,Bruges,Leuven,Liège,Liege,Charleroi,Namur,Mechelen,Hasselt,"
                "Kortrijk"},
    {"Brazil", "São Paulo,Sao Paulo,Rio de Janeiro,Fortaleza,Brasilia,Recife,Curitiba,Belo Horizonte,"
               "Porto Alegre,Florianópolis,Florianopolis,Campinas,Goiânia,Manaus,Belém,Pelotas,"
               "Salvador"},
    {"Bulgaria", "Sofia,Plovdiv,Varna"},
    {"Canada", "Toronto,Montreal,Vancouver,Calgary,Beauharnois,Ottawa,Winnipeg,Edmonton,Quebec"},
    {"Chile", "Santiago"},
    {"China", "Beijing,Shanghai,Shenzhen,Guangzhou,Hangzhou,Chengdu,Wuhan,Nanjing"},
    {"Czechia", "Prague,Brno,Ostrava,Plzen,Olomouc"},
    {"Denmark", "Copenhagen,Aarhus,Odense,Aalborg,Esbjerg,Roskilde,Kolding,Viborg,Horsens"},
    {"Estonia", "Tallinn,Tartu"},
    {"Finland", "Helsinki,Espoo,Tampere,Hamina,Oulu,Turku,Lahti,Vantaa,Rovaniemi,Jyväskylä,Kuopio,"
                "Kajaani"},
    {"France", "Paris,Marseille,Lyon,Strasbourg,Roubaix,Gravelines,Lille,Toulouse,Bordeaux,Nantes,"
               "Rennes,Grenoble,Montpellier,Dijon,Reims,Le Havre,Rouen,Caen,Angers,Brest,"
               "Clermont-Ferrand,Limoges,Metz,Besançon,Avignon,Nîmes,Perpignan,Orléans,Annecy,"
               "Sophia Antipolis,Chamonix,Chambéry,Valence,Poitiers,Amiens,Mulhouse,Colmar,Quimper,Bayonne"},
    {"Germany",
     "Frankfurt,Berlin,Munich,Nuremberg,Falkenstein,Hamburg,Düsseldorf,Dusseldorf,Cologne,"
     "Leipzig,Karlsruhe,Stuttgart,Bremen,Dresden,Hanover,Hannover,Dortmund,Bonn,Mainz,"
     "Mannheim,Freiburg,Heidelberg,Kiel,Lübeck,Rostock,Erfurt,Jena,Weimar,Potsdam,"
     "Magdeburg,Regensburg,Augsburg,Würzburg,Göttingen,Münster,Bielefeld,Aachen,Kassel,"
     "Saarbrücken,Passau,Chemnitz,Konstanz,Wiesbaden,Darmstadt,Ulm,Bochum,Essen,Wuppertal,"
     "Duisburg,Gera,Cottbus,Braunschweig,Wolfsburg,Oldenburg,Osnabrück,Paderborn,Koblenz,"
     "Trier,Ingolstadt,Bamberg,Bayreuth,Heilbronn,Pforzheim,Reutlingen,Tübingen,Siegen,"
     "Fulda,Flensburg,Schwerin,Greifswald,Landshut,Rosenheim,Garmisch-Partenkirchen,Marburg,Giessen,Bremerhaven"},
    {"Greece", "Athens,Thessaloniki,Patras"},
    {"Hong Kong", ""},
    {"Hungary", "Budapest,Debrecen,Szeged"},
    {"Iceland", "Reykjavik,Keflavik,Akureyri"},
    {"India", "Mumbai,Bangalore,Bengaluru,Hyderabad,Delhi,Chennai,Pune,Kolkata,Noida,Ahmedabad"},
    {"Indonesia", "Jakarta"},
    {"Ireland", "Dublin,Cork,Galway,Limerick,Waterford,Kilkenny,Sligo,Athlone,Tralee,Dundalk"},
    {"Israel", "Tel Aviv,Haifa,Jerusalem"},
    {"Italy", "Milan,Rome,Turin,Arezzo,Bologna,Florence,Naples,Genoa,Venice,Verona,Padua,Trieste,"
              "Palermo,Bari,Catania,Brescia,Parma,Modena,Perugia,Cagliari,Pisa,Bergamo,Ravenna,"
              "Rimini,Bolzano,Trento,Udine,Como,Lecce,Salerno,Siena,Lucca,Ancona,Pescara"},
    {"Japan", "Tokyo,Osaka,Yokohama,Fukuoka,Nagoya,Sapporo,Kyoto,Sendai,Hiroshima,Kobe"},
    {"Kenya", "Nairobi"},
    {"Latvia", "Riga"},
    {"Lithuania", "Vilnius,Kaunas,Klaipeda"},
    {"Luxembourg", ""},
    {"Malaysia", "Kuala Lumpur,Johor,Penang"},
    {"Mexico", "Mexico City,Querétaro,Queretaro,Monterrey,Guadalajara"},
    {"Moldova", "Chisinau"},
    {"Netherlands", "Amsterdam,Rotterdam,Eemshaven,Groningen,Haarlem,Utrecht,The Hague,Eindhoven,Delft,"
                    "Leiden,Nijmegen,Maastricht,Arnhem,Breda,Tilburg,Enschede,Leeuwarden,Zwolle,Almere,"
                    "Amersfoort,Apeldoorn,Den Bosch,Deventer,Dordrecht,Hilversum,Middelburg,Venlo"},
    {"New Zealand", "Auckland,Wellington,Christchurch,Dunedin"},
    {"Nigeria", "Lagos"},
    {"Norway", "Oslo,Bergen,Stavanger,Trondheim,Tromsø,Tromso,Kristiansand,Bodø,Drammen,Ålesund,"
               "Narvik,Lillehammer,Molde,Haugesund,Hammerfest"},
    {"Philippines", "Manila"},
    {"Poland", "Warsaw,Krakow,Gdansk,Wroclaw,Poznan,Lodz,Katowice,Szczecin,Lublin,Bydgoszcz,Gdynia,"
               "Rzeszow,Torun"},
    {"Portugal", "Lisbon,Porto,Braga,Coimbra,Faro,Aveiro,Évora,Funchal,Setúbal,Viseu,Leiria,Guimarães"},
    {"Qatar", "Doha"},
    {"Romania", "Bucharest,Cluj,Cluj-Napoca,Timisoara,Iasi,Brasov,Sibiu,Constanta,Oradea"},
    {"Saudi Arabia", "Riyadh,Jeddah,Dammam"},
    {"Serbia", "Belgrade,Novi Sad"},
    {"Singapore", ""},
    {"Slovakia", "Bratislava,Kosice"},
    {"Slovenia", "Ljubljana,Maribor,Celje,Kranj,Koper,Novo Mesto,Bled"},
    {"South Africa", "Johannesburg,Cape Town,Durban,Pretoria"},
    {"South Korea", "Seoul,Busan,Incheon,Daejeon"},
    {"Spain", "Madrid,Barcelona,Valencia,Zaragoza,Seville,Bilbao,Malaga,Granada,Salamanca,Murcia,"
              "Alicante,Valladolid,Vigo,Gijón,Oviedo,Pamplona,San Sebastián,Girona,Tarragona,Santander,A "
              "Coruña,Cádiz,Almería,Burgos"},
    {"Sweden", "Stockholm,Gothenburg,Malmö,Malmo,Luleå,Lulea,Uppsala,Linköping,Linkoping,Umeå,Umea,"
               "Örebro,Västerås,Lund,Helsingborg,Norrköping,Jönköping,Karlstad,Kiruna,Visby,Gävle,Kalmar,Halmstad,"
               "Östersund,Borås"},
    {"Switzerland",
     "Zurich,Zürich,Geneva,Basel,Bern,Lausanne,Lucerne,Winterthur,Lugano,St. Gallen,Thun,"
     "Schaffhausen,Neuchâtel,Fribourg,Davos,Chur,Zermatt,Solothurn,Aarau,Bellinzona,Montreux,Interlaken"},
    {"Taiwan", "Taipei"},
    {"Thailand", "Bangkok"},
    {"Turkey", "Istanbul,Ankara,Izmir"},
    {"Ukraine", "Kyiv,Lviv,Odesa,Kharkiv,Dnipro"},
    {"United Arab Emirates", "Dubai,Abu Dhabi"},
    {"United Kingdom", "London,Manchester,Edinburgh,Cardiff,Slough,Coventry,Birmingham,Leeds,Liverpool,"
                       "Sheffield,Newcastle,Bristol,Nottingham,Leicester,Glasgow,Aberdeen,Dundee,Inverness,"
                       "Belfast,Swansea,Oxford,Cambridge,Durham,York,Carlisle,Exeter,Plymouth,Southampton,"
                       "Portsmouth,Brighton,Norwich,Derby,Sunderland,Bradford,Preston,Stirling,Wolverhampton,"
                       "Telford,Stoke-on-Trent,Swindon,Milton Keynes,Northampton,Peterborough,Ipswich,"
                       "Colchester,Gloucester,Cheltenham,Worcester,Hereford,Shrewsbury,Lancaster,Blackpool,"
                       "Huddersfield,Wakefield,Doncaster,Middlesbrough,Canterbury,Maidstone,Bournemouth,"
                       "Taunton,Truro,Wrexham,Aberystwyth,Harrogate,Scarborough,Luton,Stevenage,Guildford,"
                       "Basingstoke,Salisbury,Derry,Lisburn,Paisley,Falkirk,Whitby,Kendal,Margate,Grimsby,"
                       "Rochdale,Oldham,Stockport,Wigan,Oban,Penzance"},
    {"United States", "Ashburn,New York,Newark,Chicago,Dallas,Atlanta,Miami,Seattle,Los Angeles,"
                      "San Francisco,San Jose,Denver,Phoenix,Boston,Houston,Hillsboro,Santa Clara,Las Vegas,"
                      "Salt Lake City,Kansas City,Buffalo,Washington,Fremont,Columbus,Omaha,Portland,"
                      "Virginia,Oregon,Ohio,California,Texas,Philadelphia,Pittsburgh,Cleveland,Detroit,"
                      "Minneapolis,Milwaukee,St. Louis,Nashville,Memphis,New Orleans,Orlando,Tampa,"
                      "Jacksonville,Raleigh,Richmond,Baltimore,Cincinnati,Indianapolis,Des Moines,"
                      "Oklahoma City,Albuquerque,Tucson,San Diego,Sacramento,Oakland,Spokane,Boise,Cheyenne,"
                      "Honolulu,Anchorage,Quincy,Council Bluffs,Ann Arbor,Tulsa,Louisville,Knoxville,"
                      "Chattanooga,Syracuse,Albany,Hartford,Tacoma,Fresno,Reno,Colorado Springs,Fort Worth,"
                      "San Antonio,El Paso,Wichita,Topeka,Sioux Falls,Santa Fe,Berkeley,Palo Alto"},
    {"Vietnam", "Hanoi,Ho Chi Minh City"},
};

bool gazetteer_each(bool (*take)(void *context, str name, const char *country), void *context) {
    for (size_t i = 0; i < COUNT_OF(gazetteer); i++) {
        if (!take(context, str_from_cstr(gazetteer[i].country), gazetteer[i].country)) return false;
        str rest = str_from_cstr(gazetteer[i].towns), town;
        while (str_cut(&rest, ',', &town))
            if (town.n && !take(context, town, gazetteer[i].country)) return false;
    }
    return true;
}
