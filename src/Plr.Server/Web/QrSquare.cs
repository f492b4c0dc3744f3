using System.Globalization;
using System.Text;
using QRCoder;

namespace Plr.Server.Web;

/// <summary>A QR code as the path of an SVG: plain squares and no style, as the content security policy asks.</summary>
public static class QrSquare
{
    /// <summary>Its rows of modules, without the quiet margin.</summary>
    public static IReadOnlyList<System.Collections.BitArray> Rows(string text)
    {
        const int quiet = 4;
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var side = data.ModuleMatrix.Count - (2 * quiet);
        return [.. data.ModuleMatrix.Skip(quiet).Take(side).Select(row => new System.Collections.BitArray([.. Enumerable.Range(quiet, side).Select(x => row[x])]))];
    }

    /// <summary>The path's data and the side of the square in modules, the quiet margin included.</summary>
    public static (string Path, int Side) Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = data.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Count; x++)
            {
                if (rows[y][x])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        return (path.ToString(), rows.Count);
    }
}
