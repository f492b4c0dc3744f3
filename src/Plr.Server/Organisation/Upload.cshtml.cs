using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Batches;
using Plr.Core.Organisations;
using Plr.Server.Files;
using Plr.Server.SignIn;
using Plr.Server.Web;
using Plr.Server.Work;
using Plr.Store;

namespace Plr.Server.Portal;

/// <summary>
/// Takes in one file. The form is read as it comes, so a large file never lies in memory; therefore the antiforgery token is checked here, by
/// the same rules as everywhere, before the first byte of the file is taken.
/// </summary>
[Does(PolicyAction.ViewBatch)]
[ReadsFormItself]
[IgnoreAntiforgeryToken(Order = 1001)]
public sealed class UploadModel(
    Visit visit, IOrganisationStore organisations, UploadFolder folder, SubmitBatch submit, WorkSignal signal, IAntiforgery antiforgery, Settings settings, Texts texts) : PageModel
{
    private const long MiB = 1024 * 1024;
    private Organisation _organisation = null!;

    /// <summary>Names the field; its bytes are read by <see cref="FormUpload"/>. Not an IFormFile: such a property makes the framework read the form.</summary>
    public string? Chosen { get; }

    public BatchKind FileKind { get; private set; }

    public int LargestMiB => settings.LargestRequestMiB;

    /// <summary>What the files of this organisation carry in their third column.</summary>
    public string OwnerCode => _organisation.OwnerCode(FileKind);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        _organisation = (await organisations.GetAsync(visit.OrganisationId, context.HttpContext.RequestAborted))!;
        var kinds = FileKinds.For(visit, _organisation);
        var asked = Request.Query["kind"].ToString();
        var named = Enum.GetValues<BatchKind>().Where(kind => asked.Length == 0 ? kinds.Contains(kind) : kind.Word() == asked).Take(1).ToList();
        if (named.Count == 0 || !kinds.Contains(named[0]))
        {
            context.Result = named.Count == 0 && kinds.Count > 0 ? NotFound() : StatusCode(StatusCodes.Status403Forbidden);
            return;
        }

        FileKind = named[0];
        await next();
    }

    public void OnGet()
    {
        // The form is all there is.
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Request.ContentLength > LargestMiB * MiB)
        {
            return Refuse("TooLarge");
        }

        try
        {
            return await TakeAsync(ct);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refuse("TooLarge");
        }
        catch (Exception e) when (e is IOException or InvalidDataException or StoreFullException && !ct.IsCancellationRequested)
        {
            // The disk is full, or the form broke off: nothing was acknowledged, nothing is kept.
            return Refuse("NotKept");
        }
    }

    private async Task<IActionResult> TakeAsync(CancellationToken ct)
    {
        var names = antiforgery.GetTokens(HttpContext);
        var form = await FormUpload.ReadAsync(Request, names.FormFieldName, ct);
        Request.Headers[names.HeaderName!] = form?.Token;
        if (form?.Token is null || !await antiforgery.IsRequestValidAsync(HttpContext))
        {
            return BadRequest();
        }

        if (form.FileName is null || form.Content is null)
        {
            return Refuse("Missing");
        }

        if (!form.FileName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            return Refuse("NotCsv");
        }

        var access = visit.Access(FileKind.Purpose());
        if (await submit.RefusalAsync(FileKind, _organisation.Id, access, ct) is { } refusal)
        {
            return StatusCode(refusal.Http);
        }

        using var upload = await folder.ReceiveAsync(form.Content, form.FileName, ct);
        if (upload.File.Size == 0)
        {
            return Refuse("Empty");
        }

        upload.Keep();
        var answer = await submit.RunAsync(new(FileKind, _organisation.Id, upload.File), access, ct);
        if (answer.Batch is not { } batch)
        {
            return StatusCode(answer.Code.Http);
        }

        signal.Wake();
        return RedirectToPage("/Organisation/File", answer.IsNew ? new { id = batch.Id } : new { id = batch.Id, sent = "before" });
    }

    private PageResult Refuse(string fault)
    {
        ModelState.AddModelError(nameof(Chosen), texts[$"Organisation.Upload.{fault}", LargestMiB]);
        return Page();
    }
}
