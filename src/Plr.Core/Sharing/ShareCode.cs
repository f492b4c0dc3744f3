using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Plr.Core.Text;

namespace Plr.Core.Sharing;

/// <summary>
/// What a learner gives to whoever is to see a share: 8 letters and digits (36 bits) and a check character (<see cref="SpokenCode"/>), asked for together with the learner's date of birth.
/// </summary>
public readonly record struct ShareCode
{
    /// <summary>How many characters it has.</summary>
    public const int Length = 9;

    private readonly string? _characters;

    private ShareCode(string characters) => _characters = characters;

    /// <summary>The 9 characters without anything between them.</summary>
    public string Value => _characters ?? throw new InvalidOperationException("A default code is no code.");

    /// <summary>The code that random bytes make; the same bytes make the same code.</summary>
    /// <param name="random">At least 16 bytes that nobody can guess.</param>
    public static ShareCode Of(ReadOnlySpan<byte> random)
    {
        var number = BinaryPrimitives.ReadUInt128LittleEndian(random);
        Span<char> characters = stackalloc char[Length - 1];
        foreach (ref var character in characters)
        {
            (number, var place) = UInt128.DivRem(number, (UInt128)SpokenCode.Alphabet.Length);
            character = SpokenCode.Alphabet[(int)place];
        }

        return new(SpokenCode.Checked(new(characters)));
    }

    /// <summary>As it was typed: small letters, blanks and hyphens of any kind do not matter.</summary>
    public static bool TryParse([NotNullWhen(true)] string? typed, out ShareCode code)
    {
        var characters = SpokenCode.Parse(typed, Length);
        code = characters is null ? default : new(characters);
        return characters is not null;
    }

    /// <summary>In groups of three, as it is shown and read out: <c>3AC-7DE-9FG</c>.</summary>
    public override string ToString() => SpokenCode.Grouped(Value);
}
