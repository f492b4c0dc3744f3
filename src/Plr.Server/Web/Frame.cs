namespace Plr.Server.Web;

/// <summary>
/// What a page tells the layout around it. The layout is written after the page, so whatever a page or its form fields say here
/// while they are written is known by then.
/// </summary>
public sealed class Frame
{
    private readonly List<FormField> _fields = [];

    /// <summary>The page's title without the service's name; usually the words of its h1.</summary>
    public string? Title { get; set; }

    /// <summary>Where the back link goes; null for no back link.</summary>
    public string? Back { get; set; }

    /// <summary>The audience's own links below the header; set in the audience's _ViewStart.</summary>
    public IReadOnlyList<NavigationItem> Navigation { get; set; } = [];

    /// <summary>Who is signed in, as the page greets them; null when nobody is. With it the sign-out button appears.</summary>
    public string? SignedInAs { get; set; }

    /// <summary>Whoever is signed in may look after their own sign-in: the link to it appears.</summary>
    public bool KeepsSignIn { get; set; }

    /// <summary>Where the sign-out form posts to.</summary>
    public string SignOut { get; set; } = "/sign-out";

    /// <summary>The form fields in the order of the page, for the error summary.</summary>
    public IReadOnlyList<FormField> Fields => _fields;

    /// <summary>A field says where its errors are found on the page.</summary>
    public void Add(FormField field) => _fields.Add(field);
}

/// <summary>One link of the navigation: a Razor page and what the link says.</summary>
public sealed record NavigationItem(string Page, string Text);

/// <summary>The model's key of a form field, and the id of the element that an error about it leads to.</summary>
public sealed record FormField(string Key, string TargetId);
