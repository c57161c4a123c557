/* gazetteer.c - towns in which servers stand, and their countries.
 *
 * A place is judged only when it is known to be a place: "in Frankfurt" is one, "in Production" is not. The list holds
 * the towns of the large data-centre markets and of the regions of public clouds; a manifest's own locations come on
 * top.
 */
#include "facts/gazetteer.h"

static const struct {
    const char *country, *towns; /* towns separated by commas */
} gazetteer[] = {
    {"Argentina", "Buenos Aires"},
    {"Australia", "Sydney,Melbourne,Perth,Brisbane,Canberra"},
    {"Austria", "Vienna,Graz,Linz"},
    {"Belgium", "Brussels,Antwerp,Ghent"},
    {"Brazil", "São Paulo,Sao Paulo,Rio de Janeiro,Fortaleza"},
    {"Bulgaria", "Sofia"},
    {"Canada", "Toronto,Montreal,Vancouver,Calgary,Beauharnois"},
    {"Chile", "Santiago"},
    {"China", "Beijing,Shanghai,Shenzhen,Guangzhou,Hangzhou"},
    {"Czechia", "Prague,Brno"},
    {"Denmark", "Copenhagen,Aarhus,Odense"},
    {"Estonia", "Tallinn"},
    {"Finland", "Helsinki,Espoo,Tampere,Hamina,Oulu"},
    {"France", "Paris,Marseille,Lyon,Strasbourg,Roubaix,Gravelines,Lille,Toulouse"},
    {"Germany", "Frankfurt,Berlin,Munich,Nuremberg,Falkenstein,Hamburg,Düsseldorf,Dusseldorf,Cologne,Leipzig,Karlsruhe,"
                "Stuttgart,Bremen,Dresden"},
    {"Greece", "Athens"},
    {"Hong Kong", ""},
    {"Hungary", "Budapest"},
    {"Iceland", "Reykjavik,Keflavik"},
    {"India", "Mumbai,Bangalore,Bengaluru,Hyderabad,Delhi,Chennai,Pune"},
    {"Indonesia", "Jakarta"},
    {"Ireland", "Dublin,Cork"},
    {"Israel", "Tel Aviv,Haifa"},
    {"Italy", "Milan,Rome,Turin,Arezzo,Bologna"},
    {"Japan", "Tokyo,Osaka,Yokohama,Fukuoka"},
    {"Kenya", "Nairobi"},
    {"Latvia", "Riga"},
    {"Lithuania", "Vilnius,Kaunas"},
    {"Luxembourg", ""},
    {"Malaysia", "Kuala Lumpur,Johor"},
    {"Mexico", "Mexico City,Querétaro,Queretaro"},
    {"Moldova", "Chisinau"},
    {"Netherlands", "Amsterdam,Rotterdam,Eemshaven,Groningen,Haarlem,Utrecht"},
    {"New Zealand", "Auckland,Wellington"},
    {"Nigeria", "Lagos"},
    {"Norway", "Oslo,Bergen,Stavanger,Trondheim"},
    {"Philippines", "Manila"},
    {"Poland", "Warsaw,Krakow,Gdansk,Wroclaw,Poznan"},
    {"Portugal", "Lisbon,Porto"},
    {"Qatar", "Doha"},
    {"Romania", "Bucharest,Cluj,Cluj-Napoca,Timisoara,Iasi"},
    {"Saudi Arabia", "Riyadh,Jeddah,Dammam"},
    {"Serbia", "Belgrade"},
    {"Singapore", ""},
    {"Slovakia", "Bratislava"},
    {"Slovenia", "Ljubljana"},
    {"South Africa", "Johannesburg,Cape Town"},
    {"South Korea", "Seoul,Busan"},
    {"Spain", "Madrid,Barcelona,Valencia,Zaragoza"},
    {"Sweden", "Stockholm,Gothenburg,Malmö,Malmo,Luleå,Lulea"},
    {"Switzerland", "Zurich,Zürich,Geneva,Basel,Bern"},
    {"Taiwan", "Taipei"},
    {"Thailand", "Bangkok"},
    {"Turkey", "Istanbul,Ankara"},
    {"Ukraine", "Kyiv,Lviv"},
    {"United Arab Emirates", "Dubai,Abu Dhabi"},
    {"United Kingdom", "London,Manchester,Edinburgh,Cardiff,Slough,Coventry"},
    {"United States",
     "Ashburn,New York,Newark,Chicago,Dallas,Atlanta,Miami,Seattle,Los Angeles,San Francisco,San Jose,Denver,"
     "Phoenix,Boston,Houston,Hillsboro,Santa Clara,Las Vegas,Salt Lake City,Kansas City,Buffalo,Washington,"
     "Fremont,Columbus,Omaha,Portland,Virginia,Oregon,Ohio,California,Texas"},
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
