using System.Globalization;
using System.Text.RegularExpressions;
using Plr.Core.Matching;
using Plr.Server.Files;

namespace Plr.Server.Matching;

/// <summary>A labelled file of people, read by its map.</summary>
internal sealed class PeopleFile
{
    private static readonly Dictionary<string, Func<PersonText, string, PersonText>> Texts = new(StringComparer.Ordinal)
    {
        ["fullName"] = (person, text) => person with { FullName = text },
        ["givenName"] = (person, text) => person with { GivenName = text },
        ["middleName"] = (person, text) => person with { MiddleName = text },
        ["preferredGivenName"] = (person, text) => person with { PreferredGivenName = text },
        ["familyName"] = (person, text) => person with { FamilyName = text },
        ["previousFamilyName"] = (person, text) => person with { PreviousFamilyName = text },
        ["familyNameAtAge16"] = (person, text) => person with { FamilyNameAtAge16 = text },
        ["postcode"] = (person, text) => person with { Postcode = text },
        ["email"] = (person, text) => person with { Email = text },
        ["placeOfBirth"] = (person, text) => person with { PlaceOfBirth = text },
        ["school"] = (person, text) => person with { School = text },
        ["address"] = (person, text) => person with { Address = text },
        ["town"] = (person, text) => person with { Town = text },
        ["identifier"] = (person, text) => person with { Identifier = text },
        ["occupation"] = (person, text) => person with { Occupation = text },
    };

    private readonly PeopleMap _map;
    private readonly Dictionary<string, int> _places;
    private readonly Regex? _pattern;

    private PeopleFile(PeopleMap map, Dictionary<string, int> places)
    {
        _map = map;
        _places = places;
        _pattern = map.PersonPattern is null ? null : new(map.PersonPattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    /// <summary>The fields that a map may name.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. Texts.Keys, "birthDate", "birthYear", "birthMonth", "birthDay", "gender"];

    public List<PreparedPerson> People { get; } = [];

    /// <summary>What is equal in rows of one person, row by row; empty where the map does not say.</summary>
    public List<string> Persons { get; } = [];

    /// <summary>By the id column: the row.</summary>
    public Dictionary<string, int> Rows { get; } = [];

    /// <summary>What went wrong with each row, where the file tells it.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">The file or the map is not right; the message says what.</exception>
    public static PeopleFile Read(string path, PeopleMap map)
    {
        PeopleFile? file = null;
        foreach (var cells in Cells(path))
        {
            if (file is null)
            {
                file = new(map, Headings(cells));
                file.CheckMap();
            }
            else
            {
                file.Take(cells);
            }
        }

        return file ?? throw new FormatException("The file is empty.");
    }

    /// <summary>The pairs of a file of pairs, by row.</summary>
    /// <exception cref="FormatException">It names a row that is not there, or has not the columns of the map.</exception>
    public List<(int Left, int Right)> Pairs(string path)
    {
        var pairs = new List<(int Left, int Right)>();
        Dictionary<string, int>? places = null;
        foreach (var cells in Cells(path))
        {
            if (places is null)
            {
                places = Headings(cells);
                continue;
            }

            var isPair = _map.PairScore is null || double.Parse(Cell(cells, places, _map.PairScore), CultureInfo.InvariantCulture) > 0.5;
            if (isPair)
            {
                pairs.Add((Row(Cell(cells, places, _map.Pair[0])), Row(Cell(cells, places, _map.Pair[1]))));
            }
        }

        return pairs;
    }

    private int Row(string id) => Rows.TryGetValue(id, out var row) ? row : throw new FormatException($"The file of pairs names {id}, and no row has that in its id column.");

    private static Dictionary<string, int> Headings(List<string> cells)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var place = 0; place < cells.Count; place++)
        {
            places.TryAdd(cells[place].Trim('\uFEFF'), place);
        }

        return places;
    }

    private void CheckMap()
    {
        foreach (var field in _map.Fields.Keys.Where(field => !Fields.Contains(field)))
        {
            throw new FormatException($"The map names a field {field}; there are {string.Join(", ", Fields)}.");
        }

        var columns = _map.Fields.Values.SelectMany(list => list).Concat(new[] { _map.Id, _map.Person, _map.Faults }.OfType<string>());
        foreach (var column in columns.Where(column => !_places.ContainsKey(column)))
        {
            throw new FormatException($"The map names a column {column}, which the file has not.");
        }
    }

    private void Take(List<string> cells)
    {
        var person = new PersonText { BirthDate = BirthDate(cells), Gender = Gender(cells) };
        foreach (var field in _map.Fields.Keys)
        {
            if (Texts.TryGetValue(field, out var with))
            {
                person = with(person, Text(cells, field));
            }
        }

        People.Add(PreparedPerson.Of(person));
        Rows.TryAdd(_map.Id is null ? string.Empty : Cell(cells, _places, _map.Id), People.Count - 1);
        Faults.Add(_map.Faults is null ? string.Empty : Cell(cells, _places, _map.Faults));
        var key = _map.Person is null ? string.Empty : Cell(cells, _places, _map.Person);
        Persons.Add(_pattern is null ? key : _pattern.Match(key) is { Success: true } match ? match.Groups[1].Value : string.Empty);
    }

    private int BirthDate(List<string> cells)
    {
        if (_map.Fields.ContainsKey("birthYear"))
        {
            return BirthDates.Pack(Number(cells, "birthYear"), Number(cells, "birthMonth"), Number(cells, "birthDay"));
        }

        var text = Text(cells, "birthDate");
        if (DateOnly.TryParseExact(text, [.. _map.DateFormats], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return BirthDates.Pack(date);
        }

        return text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? BirthDates.Pack(year, 0, 0) : 0;
    }

    private int Number(List<string> cells, string field) =>
        int.TryParse(Text(cells, field), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private int Gender(List<string> cells)
    {
        var text = Text(cells, "gender");
        return _map.Genders.TryGetValue(text.ToLowerInvariant(), out var gender) ? gender : text is "1" or "2" ? text[0] - '0' : 0;
    }

    private string Text(List<string> cells, string field) =>
        _map.Fields.TryGetValue(field, out var columns) ? string.Join(' ', columns.Select(column => Cell(cells, _places, column)).Where(text => text.Length > 0)) : string.Empty;

    private static string Cell(List<string> cells, Dictionary<string, int> places, string column) =>
        places.TryGetValue(column, out var place) ? place < cells.Count ? cells[place].Trim() : string.Empty : throw new FormatException($"The file has no column {column}.");

    // Unlike a batch file, a file to measure with may have cells too many or too few: they are nobody's record.
    private static IEnumerable<List<string>> Cells(string path)
    {
        using var stream = File.OpenRead(path);
        var (encoding, fault) = FileText.Examine(stream);
        using var rows = encoding is null ? throw new FormatException(fault!.Message) : new CsvRows(stream, encoding);
        while (rows.Read())
        {
            yield return [.. Enumerable.Range(0, rows.CellCount).Select(place => rows.Text(place).Trim())];
        }

        if (rows.Fault is { } broken)
        {
            throw new FormatException(broken.ToString());
        }
    }
}
