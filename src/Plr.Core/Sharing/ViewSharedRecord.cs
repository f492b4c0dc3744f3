using Plr.Core.Accounts;
using Plr.Core.Reports;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.Sharing;

/// <summary>Whoever opened a share sees what it shows, for a while, as it was when they came; they may leave an address for corrections and keep a receipt.</summary>
public sealed class ViewSharedRecord(IShareChecks store)
{
    /// <summary>What a receipt is made of.</summary>
    public sealed record Made(Receipt Receipt, SharedRecord Seen)
    {
        public override string ToString() => $"receipt {Receipt.Reference}";
    }

    /// <summary>What is shown; null when that is over.</summary>
    /// <param name="token">What opening the share gave.</param>
    /// <param name="access">With the purpose share check.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<SharedRecord?> RunAsync(string token, Access access, CancellationToken ct = default) =>
        Policy.Allow(access, PolicyAction.CheckShare, Subject.None).IsAllowed ? await store.ReadAsync(token, access, ct) : null;

    /// <summary>Leaves an address and a name for corrections.</summary>
    /// <param name="token">What opening the share gave.</param>
    /// <param name="organisation">Who they are, up to 200 characters; may be empty.</param>
    /// <param name="emailAddress">Where to.</param>
    /// <param name="isWelsh">The language to write in.</param>
    /// <param name="access">With the purpose share check.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What is wrong; empty when the address is kept. <see cref="ResponseCodes.ShareOver"/> when the page is over.</returns>
    public async Task<(ResponseCode Code, IReadOnlyList<Finding> Findings)> TellAsync(
        string token, string? organisation, string? emailAddress, bool isWelsh, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.CheckShare, Subject.None).Refusal is { } refusal)
        {
            return (refusal, []);
        }

        var findings = new List<Finding>();
        var address = emailAddress?.Trim() ?? "";
        if (!EmailAddresses.IsOne(address))
        {
            findings.Add(new(ResponseCodes.DetailsIncorrect, "EmailAddress", address.Length == 0 ? FindingRules.Missing : FindingRules.BadEmail));
        }

        var name = string.IsNullOrWhiteSpace(organisation) ? null : organisation.Trim();
        if (name is { Length: > ShareTerms.LongestText })
        {
            findings.Add(new(ResponseCodes.DetailsIncorrect, "Organisation", FindingRules.TooLong, $"{ShareTerms.LongestText}"));
        }
        else if (name is not null && WireText.FirstFlaw(name) is { } bad)
        {
            findings.Add(new(ResponseCodes.DetailsIncorrect, "Organisation", FindingRules.BadCharacters, $"{bad.Position + 1}"));
        }

        return findings.Count > 0 ? (ResponseCodes.DetailsIncorrect, findings)
            : await store.TellAsync(token, name, address, isWelsh, access, ct) ? (ResponseCodes.AddressKept, [])
            : (ResponseCodes.ShareOver, []);
    }

    /// <summary>Makes a receipt; null when the page is over or the learner does not allow one.</summary>
    public async Task<Made?> ReceiptAsync(string token, Access access, CancellationToken ct = default) =>
        Policy.Allow(access, PolicyAction.CheckShare, Subject.None).IsAllowed && await store.ReceiptAsync(token, access, ct) is { } made ? new(made.Receipt, made.Seen) : null;

    /// <summary>Confirms a receipt without showing what was seen; null when the register made none of this reference.</summary>
    public async Task<ReceiptConfirmation?> ConfirmAsync(string? typed, Access access, CancellationToken ct = default) =>
        Policy.Allow(access, PolicyAction.CheckShare, Subject.None).IsAllowed && ReportReference.TryParse(typed, out var reference) ? await store.ConfirmAsync(reference, access, ct) : null;
}
