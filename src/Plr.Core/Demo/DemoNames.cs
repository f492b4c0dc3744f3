namespace Plr.Core.Demo;

/// <summary>Names, places and postcodes of people who do not exist, as varied as the people of the country.</summary>
internal static class DemoNames
{
    public static IReadOnlyList<string> Girls { get; } =
    [
        "Amelia", "Olivia", "Isla", "Ava", "Freya", "Aisha", "Fatima", "Zainab", "Priya", "Ananya", "Mei-Ling", "Xiu", "Adaeze", "Chiamaka", "Folasade",
        "Siân", "Ffion", "Cerys", "Niamh", "Aoife", "Eilidh", "Zofia", "Agnieszka", "Oksana", "Leila", "Yasmin", "Chloë", "Grace", "Poppy", "Sophie",
        "Naomi", "Rebecca", "Hannah", "Thandiwe", "Ayodele", "Noor", "Simran", "Harpreet", "Daniela", "Beatriz",
    ];

    public static IReadOnlyList<string> Boys { get; } =
    [
        "Oliver", "George", "Harry", "Noah", "Jack", "Muhammad", "Yusuf", "Ibrahim", "Arjun", "Rohan", "Wei", "Jun", "Chinedu", "Emeka", "Olumide",
        "Rhys", "Tomos", "Gethin", "Cian", "Séamus", "Hamish", "Mateusz", "Łukasz", "Andriy", "Reza", "Omar", "Zachary", "Leo", "Oscar", "Callum",
        "Daniel", "Joshua", "Samuel", "Sipho", "Kwame", "Bilal", "Gurdeep", "Manjit", "João", "André",
    ];

    public static IReadOnlyList<string> Families { get; } =
    [
        "Smith", "Jones", "Taylor", "Brown", "Williams", "Wilson", "Johnson", "Davies", "Patel", "Robinson", "Wright", "Thompson", "Evans", "Walker",
        "Hughes", "Khan", "Begum", "Ahmed", "Hussain", "Singh", "Kaur", "Sharma", "Chen", "Wong", "Nguyen", "Okafor", "Adeyemi", "Mensah", "Osei",
        "Nkosi", "Nowak", "Kowalski", "Wiśniewska", "Shevchenko", "O'Brien", "O'Neill", "Murphy", "MacDonald", "Campbell", "Fraser", "Pritchard",
        "Llewellyn", "ap Rhys", "Bowen", "Silva", "Ferreira", "Müller", "Rossi", "Haddad", "Rahimi", "Cohen", "Levy", "Georgiou", "Papadopoulos",
        "Bennett", "Cooper", "Ward", "Turner", "Parker", "Baker", "Clarke-Hall", "de Souza",
    ];

    public static IReadOnlyList<string> Areas { get; } = ["LS", "M", "BS", "NG", "NE", "SA", "YO", "CF", "PL", "EX", "B", "S", "LL", "GL"];

    /// <summary>A postcode of the right shape.</summary>
    public static string Postcode(DemoRandom random)
    {
        const string letters = "ABDEFGHJLNPQRSTUWXYZ";
        return $"{random.Of(Areas)}{1 + random.Below(28)} {random.Below(10)}{letters[random.Below(letters.Length)]}{letters[random.Below(letters.Length)]}";
    }
}
