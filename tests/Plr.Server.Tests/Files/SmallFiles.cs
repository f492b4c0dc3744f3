using System.Text;
using Plr.Server.Files;

namespace Plr.Server.Tests.Files;

/// <summary>Small files made for one test: three columns with a file header of four before them.</summary>
internal static class SmallFiles
{
    public const string Headings = "FileVersion,FileName,UKPRN,Count,A,B,C";

    public static readonly FileLayout Layout = FileLayout.Batch(
        "small", "9Z", ["FileVersion", "FileName", "UKPRN", "Count", "A", "B", "C"], ["Code", "Text"]);

    public static readonly FileLayout Extract = FileLayout.Extract("extract", ["A", "B", "C"]);

    public static (CsvFile? File, IReadOnlyList<FileFault> Faults) Open(string text, FileLayout? layout = null, string? owner = null) =>
        Open(Encoding.UTF8.GetBytes(text), layout, owner);

    public static (CsvFile? File, IReadOnlyList<FileFault> Faults) Open(byte[] bytes, FileLayout? layout = null, string? owner = null) =>
        CsvFile.Open(new MemoryStream(bytes, writable: false), layout ?? Layout, owner);

    public static CsvFile Good(string text, FileLayout? layout = null) => Good(Encoding.UTF8.GetBytes(text), layout);

    public static CsvFile Good(byte[] bytes, FileLayout? layout = null)
    {
        var (file, faults) = Open(bytes, layout);
        Assert.Empty(faults);
        Assert.NotNull(file);
        return file;
    }

    public static FileFault OnlyFault(string text, FileLayout? layout = null, string? owner = null) =>
        OnlyFault(Encoding.UTF8.GetBytes(text), layout, owner);

    public static FileFault OnlyFault(byte[] bytes, FileLayout? layout = null, string? owner = null)
    {
        var (file, faults) = Open(bytes, layout, owner);
        Assert.Null(file);
        return Assert.Single(faults);
    }
}
