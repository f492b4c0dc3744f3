using System.Globalization;
using Plr.Server.Web;

namespace Plr.Server;

/// <summary>An area and the year since which the register holds results of it.</summary>
public sealed record CoverageArea(string Name, string NameWelsh, int Year)
{
    /// <summary>In the language of the moment.</summary>
    public string NameOfTheMoment => Languages.IsWelsh ? NameWelsh : Name;
}

/// <summary>What the register holds and since when: on the page about it, and in every report.</summary>
public sealed record CoverageSettings
{
    /// <summary>Since when results are held, and where: <c>name/name in Welsh=year</c>, separated by semicolons. Empty: no years are said.</summary>
    public string Areas { get; init; } = "England/Lloegr=2012; Wales/Cymru=2014; Northern Ireland/Gogledd Iwerddon=2015";

    /// <summary>What a record holds, separated by semicolons.</summary>
    public string Holds { get; init; } =
        "GCSEs, AS levels and A levels; BTECs, diplomas and other vocational qualifications; Functional Skills and other basic skills; "
        + "units and credits that count towards a qualification; courses you took part in, as the provider reported them";

    /// <summary>The same in Welsh, in as many parts.</summary>
    public string HoldsWelsh { get; init; } =
        "TGAU, UG a Safon Uwch; BTEC, diplomâu a chymwysterau galwedigaethol eraill; Sgiliau Gweithredol a sgiliau sylfaenol eraill; "
        + "unedau a chredydau sy’n cyfrif tuag at gymhwyster; cyrsiau y buoch yn cymryd rhan ynddynt, fel y rhoddodd y darparwr wybod amdanynt";

    /// <summary>What a record may lack, separated by semicolons.</summary>
    public string MayBeMissing { get; init; } =
        "qualifications from before those years; qualifications that no public money paid for; degrees, and qualifications from other countries; results that have not been sent yet";

    /// <summary>The same in Welsh, in as many parts.</summary>
    public string MayBeMissingWelsh { get; init; } =
        "cymwysterau o’r cyfnod cyn y blynyddoedd hynny; cymwysterau na thalwyd amdanynt ag arian cyhoeddus; graddau prifysgol, a chymwysterau o wledydd eraill; "
        + "canlyniadau nad ydynt wedi’u hanfon eto";

    internal IReadOnlyList<CoverageArea> AreaList => [.. Parts(Areas).Select(area => Area(area)!)];

    /// <summary>In the language of the moment.</summary>
    internal IReadOnlyList<string> HoldsOfTheMoment => Parts(Languages.IsWelsh ? HoldsWelsh : Holds);

    /// <summary>In the language of the moment.</summary>
    internal IReadOnlyList<string> MayBeMissingOfTheMoment => Parts(Languages.IsWelsh ? MayBeMissingWelsh : MayBeMissing);

    internal IEnumerable<string> Problems()
    {
        if (Parts(Areas).FirstOrDefault(area => Area(area) is null) is { } wrong)
        {
            yield return $"Coverage:Areas has '{wrong}'; allowed: areas such as England/Lloegr=2012, separated by semicolons.";
        }

        if (Parts(Holds).Length != Parts(HoldsWelsh).Length)
        {
            yield return "Coverage:Holds and Coverage:HoldsWelsh must have as many parts.";
        }

        if (Parts(MayBeMissing).Length != Parts(MayBeMissingWelsh).Length)
        {
            yield return "Coverage:MayBeMissing and Coverage:MayBeMissingWelsh must have as many parts.";
        }
    }

    private static string[] Parts(string list) => list.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static CoverageArea? Area(string text) => text.Split('=', StringSplitOptions.TrimEntries) is [var names, var year]
        && names.Split('/', StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, { Length: > 0 } welsh]
        && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var since) && since is >= 1800 and <= 2200
            ? new(name, welsh, since)
            : null;
}
