using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.SignIn;

/// <summary>
/// A device that makes and shows passkeys as a browser hands them on (WebAuthn, ES256, attestation "none"), with what it says of itself in the
/// test's hand.
/// </summary>
internal sealed class PasskeyDevice : IDisposable
{
    private const byte Present = 0x01;
    private const byte Verified = 0x04;
    private const byte Attested = 0x40;
    private ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Origin { get; set; } = "http://localhost:5080";

    public string RpId { get; set; } = "localhost";

    public bool IsPresent { get; set; } = true;

    public bool IsVerified { get; set; } = true;

    public bool IsCrossOrigin { get; set; }

    /// <summary>How often it says that it has signed; it does not count by itself.</summary>
    public uint Count { get; set; }

    /// <summary>What it says it is asked for; null: as is right.</summary>
    public string? Type { get; set; }

    /// <summary>Signs another challenge than the one that it was asked.</summary>
    public string? Challenge { get; set; }

    public byte[] CredentialId { get; set; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>What it keeps of the account.</summary>
    public string? UserHandle { get; set; }

    private byte Flags => (byte)((IsPresent ? Present : 0) | (IsVerified ? Verified : 0));

    private byte[] PublicKey
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        }
    }

    /// <summary>Makes a key for what the page asks, and keeps whose it is.</summary>
    public string Make(string asked)
    {
        using var options = JsonDocument.Parse(asked);
        UserHandle = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(options.RootElement.GetProperty("user").GetProperty("id").GetString()));
        byte[] data = [.. Data((byte)(Flags | Attested)), .. new byte[16], 0, (byte)CredentialId.Length, .. CredentialId, .. PublicKey];
        byte[] attestation = [0xA3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xA0, .. Text("authData"), 0x59, (byte)(data.Length >> 8), (byte)data.Length, .. data];
        return Answer(new { clientDataJSON = Encode(ClientData("webauthn.create", options)), attestationObject = Encode(attestation), transports = new[] { "internal", "made-up" } });
    }

    /// <summary>Signs what the page asks.</summary>
    public string Show(string asked)
    {
        using var options = JsonDocument.Parse(asked);
        var (client, data) = (ClientData("webauthn.get", options), Data(Flags));
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new
        {
            clientDataJSON = Encode(client),
            authenticatorData = Encode(data),
            signature = Encode(signature),
            userHandle = UserHandle is null ? null : Encode(Encoding.ASCII.GetBytes(UserHandle)),
        });
    }

    /// <summary>Adds its key to an account, as its owner did on some day before.</summary>
    public async Task AddToAsync(TestSite site, Account account)
    {
        UserHandle = account.Id.ToString("N");
        var now = site.Time.GetUtcNow();
        var passkey = new Passkey
        {
            Id = Guid.CreateVersion7(now),
            AccountId = account.Id,
            Name = "My phone",
            CredentialId = CredentialId,
            PublicKey = PublicKey,
            SignCount = Count,
            AddedAt = now,
        };
        Assert.True(await site.Services.GetRequiredService<IPasskeyStore>().AddAsync(passkey, new(RandomNumberGenerator.GetBytes(32), now.AddMinutes(5)), Seeds.AccessOf(account, Purpose.OwnRecord)));
    }

    /// <summary>Sends what a device answered, as the page's script does.</summary>
    public static async Task<WebPage> SendAsync(HttpClient browser, WebPage page, string credential)
    {
        var form = page.Document.QuerySelector("form[data-passkey]")!;
        form.QuerySelector("input[name=Credential]")!.SetAttribute("value", credential);
        return await page.SubmitAsync(browser, form.QuerySelector("button")!.TextContent);
    }

    /// <summary>Another key under the same name.</summary>
    public void Forge()
    {
        _key.Dispose();
        _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    }

    public void Dispose() => _key.Dispose();

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    private string Answer(object response) =>
        JsonSerializer.Serialize(new { id = Encode(CredentialId), rawId = Encode(CredentialId), type = "public-key", clientExtensionResults = new { }, response });

    private byte[] ClientData(string type, JsonDocument asked) => JsonSerializer.SerializeToUtf8Bytes(
        new { type = Type ?? type, challenge = Challenge ?? asked.RootElement.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = IsCrossOrigin });

    private byte[] Data(byte flags)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        return [.. SHA256.HashData(Encoding.ASCII.GetBytes(RpId)), flags, .. count];
    }
}
