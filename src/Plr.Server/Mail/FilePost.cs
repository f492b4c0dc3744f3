using MimeKit;

namespace Plr.Server.Mail;

/// <summary>Without a mail server: each message is a file in the folder <c>mail</c> of the data folder, readable by its owner only, that any mail program opens.</summary>
public sealed class FilePost(Settings settings) : IPost
{
    public async Task SendAsync(MimeMessage message, CancellationToken ct)
    {
        var folder = Path.Combine(settings.DataFolder, "mail");
        DataFolder.Make(folder);
        using var content = new MemoryStream();
        await message.WriteToAsync(content, ct);
        // Named by the mail's own id, so that a second attempt writes no second file.
        DataFolder.WriteWhole(Path.Combine(folder, $"{message.MessageId!.Split('@')[0]}.eml"), content.ToArray());
    }
}
