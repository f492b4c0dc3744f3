using Plr.Core.Demo;

namespace Plr.Core.Matching.Synthesis;

/// <summary>Where invented people live: a postcode of the right shape in a real area, its town, a street. No such address need exist.</summary>
public sealed record SyntheticPlace(string Postcode, string Town, string Address)
{
    private const string Inward = "ABDEFGHJLNPQRSTUWXYZ";

    private static readonly (string Area, string Town)[] Areas =
    [
        ("B", "Birmingham"), ("M", "Manchester"), ("L", "Liverpool"), ("LS", "Leeds"), ("S", "Sheffield"), ("BD", "Bradford"), ("BS", "Bristol"), ("CV", "Coventry"), ("LE", "Leicester"),
        ("NG", "Nottingham"), ("NE", "Newcastle upon Tyne"), ("SR", "Sunderland"), ("HU", "Kingston upon Hull"), ("ST", "Stoke-on-Trent"), ("WV", "Wolverhampton"), ("PL", "Plymouth"),
        ("DE", "Derby"), ("SO", "Southampton"), ("PO", "Portsmouth"), ("MK", "Milton Keynes"), ("NR", "Norwich"), ("LU", "Luton"), ("RG", "Reading"), ("OX", "Oxford"), ("CB", "Cambridge"),
        ("PE", "Peterborough"), ("EX", "Exeter"), ("BN", "Brighton"), ("ME", "Rochester"), ("CT", "Canterbury"), ("GL", "Gloucester"), ("WR", "Worcester"), ("HR", "Hereford"), ("YO", "York"),
        ("DN", "Doncaster"), ("WF", "Wakefield"), ("HD", "Huddersfield"), ("HX", "Halifax"), ("OL", "Oldham"), ("BL", "Bolton"), ("PR", "Preston"), ("LA", "Lancaster"), ("CA", "Carlisle"),
        ("CH", "Chester"), ("WA", "Warrington"), ("SK", "Stockport"), ("CF", "Cardiff"), ("SA", "Swansea"), ("NP", "Newport"), ("LL", "Wrexham"), ("E", "London"), ("N", "London"),
        ("NW", "London"), ("SE", "London"), ("SW", "London"), ("W", "London"), ("CR", "Croydon"), ("IG", "Ilford"), ("HA", "Harrow"), ("UB", "Southall"), ("EN", "Enfield"), ("RM", "Romford"),
        ("BR", "Bromley"), ("KT", "Kingston upon Thames"), ("TW", "Twickenham"), ("G", "Glasgow"), ("EH", "Edinburgh"), ("AB", "Aberdeen"), ("DD", "Dundee"), ("BT", "Belfast"),
    ];

    private static readonly string[] Streets = "High Station Church Park Victoria Green Manor Kings Queens Mill School North South West East London York Springfield Chapel Grange Highfield Windsor Richmond Alexandra Stanley Albert George Oak Elm Cedar Beech Birch Willow Orchard Meadow Bridge River Hill Valley Castle Abbey Priory Garden Field Wood Lime Chestnut Holly Rowan Poplar".Split(' ');

    private static readonly string[] Ways = "Road Street Avenue Lane Close Drive Way Crescent Gardens Grove".Split(' ');

    /// <summary>Somewhere; in the area of somewhere else when asked for.</summary>
    public static SyntheticPlace Any(DemoRandom random, SyntheticPlace? near = null)
    {
        var (area, town) = random.Of(Areas);
        foreach (var known in Areas)
        {
            if (near is not null && near.Postcode.Length > known.Area.Length && near.Postcode.StartsWith(known.Area, StringComparison.Ordinal) && char.IsAsciiDigit(near.Postcode[known.Area.Length]))
            {
                (area, town) = known;
            }
        }

        var postcode = $"{area}{1 + random.Below(40)} {random.Below(10)}{Inward[random.Below(Inward.Length)]}{Inward[random.Below(Inward.Length)]}";
        return new(postcode, town, $"{1 + random.Below(120)} {random.Of(Streets)} {random.Of(Ways)}");
    }

    /// <summary>A town.</summary>
    public static string AnyTown(DemoRandom random) => random.Of(Areas).Town;
}
