using System.Text;
using Plr.Core.Demo;

namespace Plr.Core.Matching.Synthesis;

/// <summary>Makes faults, the same for the same seed.</summary>
public sealed class FaultMaker(ulong seed)
{
    // Letters that lie beside each other on a keyboard.
    private static readonly string[] Keys = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

    private static readonly (string From, string To)[] Heard =
    [
        ("ph", "f"), ("ck", "k"), ("ey", "y"), ("y", "ie"), ("ie", "y"), ("tt", "t"), ("ll", "l"), ("l", "ll"), ("nn", "n"), ("n", "nn"), ("ss", "s"), ("ea", "ee"), ("ee", "ea"), ("ou", "oo"),
        ("c", "k"), ("k", "c"), ("z", "s"), ("s", "z"), ("mac", "mc"), ("mc", "mac"), ("sh", "sch"), ("ai", "ay"), ("ay", "ai"), ("au", "aw"), ("gh", "g"), ("e", "a"), ("i", "y"), ("o", "u"),
    ];

    private static readonly Lazy<Dictionary<string, string[]>> Nicks = new(Nicked);

    private readonly DemoRandom _random = new(seed);

    /// <summary>One fault; null when it cannot be made on this person, or would change nothing.</summary>
    public PersonText? Make(Fault fault, PersonText person)
    {
        var made = fault switch
        {
            Fault.GivenTyped => person with { GivenName = Mistype(person.GivenName!) },
            Fault.FamilyTyped => person with { FamilyName = Mistype(person.FamilyName!) },
            Fault.Nickname => person with { GivenName = Nickname(person.GivenName!) },
            Fault.SwappedNames => person with { GivenName = person.FamilyName, FamilyName = person.GivenName },
            Fault.DayMonthSwapped or Fault.DateTyped or Fault.YearOff or Fault.FirstOfJanuary => person with { BirthDate = Misdate(fault, person.BirthDate) },
            Fault.Married => Marry(person),
            Fault.Moved => Move(person),
            Fault.Misheard => person with { FamilyName = Mishear(person.FamilyName!) },
            Fault.PostcodeTyped => person with { Postcode = MistypePostcode(person.Postcode!) },
            Fault.InitialOnly => person with { GivenName = person.GivenName![..1] },
            Fault.DoubleBarrelled => person with { FamilyName = Barrel(person.FamilyName!) },
            Fault.GenderOff => person with { Gender = _random.Percent(50) ? 9 : 3 - person.Gender },
            _ => person.MiddleName is { } middle ? person with { GivenName = middle, MiddleName = person.GivenName } : person,
        };
        return made == person || string.IsNullOrEmpty(made.GivenName) || string.IsNullOrEmpty(made.FamilyName) || made.BirthDate == 0 || made.Gender is < 0 or 3 ? null : made;
    }

    /// <summary>One slip of the finger.</summary>
    public string Mistype(string text)
    {
        if (text.Length < 2)
        {
            return text;
        }

        var at = _random.Below(text.Length);
        switch (_random.Below(4))
        {
            case 0:
                return text.Remove(at, 1);
            case 1:
                return text.Insert(at, $"{Neighbour(text[at])}");
            case 2:
                return string.Concat(text.AsSpan(0, at), $"{Neighbour(text[at])}", text.AsSpan(at + 1));
            default:
                at = Math.Min(at, text.Length - 2);
                return string.Concat(text.AsSpan(0, at), $"{text[at + 1]}{text[at]}", text.AsSpan(at + 2));
        }
    }

    private char Neighbour(char letter)
    {
        foreach (var row in Keys)
        {
            var at = row.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal);
            if (at >= 0)
            {
                return row[at == 0 ? 1 : at == row.Length - 1 || _random.Percent(50) ? at - 1 : at + 1];
            }
        }

        return 'e';
    }

    private string Nickname(string given) => Nicks.Value.TryGetValue(Names.Fold(given), out var others) ? _random.Of(others) : given;

    private static Dictionary<string, string[]> Nicked()
    {
        var all = new Dictionary<string, string[]>();
        foreach (var names in Nicknames.All())
        {
            all.TryAdd(names[0], names[1..]);
            foreach (var nick in names[1..])
            {
                all.TryAdd(nick, [names[0]]);
            }
        }

        return all;
    }

    private string Mishear(string name)
    {
        var from = _random.Below(Heard.Length);
        for (var at = 0; at < Heard.Length; at++)
        {
            var (heard, written) = Heard[(from + at) % Heard.Length];
            var place = name.IndexOf(heard, StringComparison.OrdinalIgnoreCase);
            if (place >= 0)
            {
                return string.Concat(name.AsSpan(0, place), written, name.AsSpan(place + heard.Length));
            }
        }

        return name;
    }

    private int Misdate(Fault fault, int date)
    {
        var (year, month, day) = BirthDates.Parts(date);
        switch (fault)
        {
            case Fault.DayMonthSwapped:
                return day <= 12 ? BirthDates.Pack(year, day, month) : date;
            case Fault.YearOff:
                return Existing(year + (_random.Percent(70) ? 1 : 10) * (_random.Percent(50) ? 1 : -1), month, day);
            case Fault.FirstOfJanuary:
                return BirthDates.Pack(year, 1, 1);
            default:
                return MistypeDate(date);
        }
    }

    private int MistypeDate(int date)
    {
        for (var tries = 0; tries < 50; tries++)
        {
            var digits = new StringBuilder($"{date:D8}");
            digits[2 + _random.Below(6)] = (char)('0' + _random.Below(10));
            var (year, month, day) = BirthDates.Parts(int.Parse(digits.ToString(), System.Globalization.CultureInfo.InvariantCulture));
            if (Existing(year, month, day) is var made and not 0 && made != date)
            {
                return made;
            }
        }

        return date;
    }

    private static int Existing(int year, int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? BirthDates.Pack(year, month, day) : 0;

    private PersonText Marry(PersonText person)
    {
        var name = SyntheticNames.Any(_random).Family(_random);
        return person with { FamilyName = name, PreviousFamilyName = _random.Percent(50) ? person.FamilyName : person.PreviousFamilyName };
    }

    private PersonText Move(PersonText person)
    {
        var place = SyntheticPlace.Any(_random, _random.Percent(60) ? new(person.Postcode!, string.Empty, string.Empty) : null);
        return person with { Postcode = place.Postcode, Town = place.Town, Address = place.Address };
    }

    private string MistypePostcode(string postcode)
    {
        var at = _random.Below(postcode.Length);
        while (postcode[at] == ' ' || at == 0)
        {
            at = _random.Below(postcode.Length);
        }

        var letter = char.IsAsciiDigit(postcode[at]) ? (char)('0' + _random.Below(10)) : (char)('A' + _random.Below(26));
        return string.Concat(postcode.AsSpan(0, at), $"{letter}", postcode.AsSpan(at + 1));
    }

    private string Barrel(string family) =>
        family.Contains('-', StringComparison.Ordinal) ? family.Split('-')[_random.Below(2)] : $"{family}-{SyntheticNames.Any(_random).Family(_random)}";
}
