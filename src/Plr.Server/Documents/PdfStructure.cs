using System.Runtime.InteropServices;

namespace Plr.Server.Documents;

/// <summary>
/// The structure tree: what each part of the pages is, in reading order (ISO 32000-1, 14.7). An element is written when it ends, since only
/// then are its parts known.
/// </summary>
internal sealed class PdfStructure(PdfFile file)
{
    private readonly List<Element> _open = [];
    private readonly List<(int Page, List<int> Owners)> _pages = [];
    private readonly int _root = file.NewId();
    private readonly int _columnScope = file.NewId();
    private readonly int _rowScope = file.NewId();
    private readonly Stack<List<(int Id, int Page, int Mark)>> _spare = [];
    private int _document;

    /// <summary>The root's id, for the catalogue.</summary>
    public int Root => _root;

    /// <summary>The number by which a page is found in the tree (StructParents).</summary>
    public int AddPage(int page)
    {
        _pages.Add((page, []));
        return _pages.Count - 1;
    }

    /// <summary>Begins an element inside the one that is open.</summary>
    /// <param name="type">A standard structure type: H1, P, Table, TH ….</param>
    /// <param name="scope">For a TH: whether it heads its column or its row.</param>
    public void Begin(string type, Scope scope = Scope.None)
    {
        var id = file.NewId();
        if (_open.Count == 0)
        {
            _document = id;
        }
        else
        {
            _open[^1].Parts.Add((id, 0, 0));
        }

        _open.Add(new(id, type, scope, _spare.TryPop(out var parts) ? parts : []));
    }

    /// <summary>Says that what comes next on a page is content of the open element; the number that the page writes (MCID).</summary>
    /// <param name="number">What <see cref="AddPage"/> gave.</param>
    public int Mark(int number)
    {
        var (page, owners) = _pages[number];
        owners.Add(_open[^1].Id);
        _open[^1].Parts.Add((0, page, owners.Count - 1));
        return owners.Count - 1;
    }

    /// <summary>The open element's type, which the page writes beside the mark.</summary>
    public string OpenType => _open[^1].Type;

    /// <summary>Ends the open element.</summary>
    public void End()
    {
        var element = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        var to = file.Begin(element.Id).Add("<</S/"u8).AddUtf8(element.Type).Add("/P "u8).AddRef(_open.Count == 0 ? _root : _open[^1].Id);
        if (element.Scope != Scope.None)
        {
            to.Add("/A "u8).AddRef(element.Scope == Scope.Column ? _columnScope : _rowScope);
        }

        var page = element.Parts.FirstOrDefault(part => part.Id == 0).Page;
        if (page != 0)
        {
            to.Add("/Pg "u8).AddRef(page);
        }

        to.Add("/K["u8);
        foreach (var part in element.Parts)
        {
            if (part.Id != 0)
            {
                to.AddRef(part.Id);
            }
            else if (part.Page == page)
            {
                to.Add(part.Mark);
            }
            else
            {
                to.Add("<</Type/MCR/Pg "u8).AddRef(part.Page).Add("/MCID "u8).Add(part.Mark).Add(">>"u8);
            }

            to.Add(" "u8);
        }

        to.Add("]>>"u8);
        element.Parts.Clear();
        _spare.Push(element.Parts);
    }

    /// <summary>Writes the root, after the last element has ended.</summary>
    public void Finish()
    {
        var parents = file.NewId();
        file.Begin(_columnScope).Add("<</O/Table/Scope/Column>>"u8);
        file.Begin(_rowScope).Add("<</O/Table/Scope/Row>>"u8);
        file.Begin(_root).Add("<</Type/StructTreeRoot/K "u8).AddRef(_document).Add("/ParentTree "u8).AddRef(parents).Add("/ParentTreeNextKey "u8).Add(_pages.Count).Add(">>"u8);
        var to = file.Begin(parents).Add("<</Nums["u8);
        for (var i = 0; i < _pages.Count; i++)
        {
            to.Add(i).Add("["u8);
            foreach (var owner in _pages[i].Owners)
            {
                to.AddRef(owner).Add(" "u8);
            }

            to.Add("]"u8);
        }

        to.Add("]>>"u8);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Element(int Id, string Type, Scope Scope, List<(int Id, int Page, int Mark)> Parts);
}

/// <summary>What a header cell heads.</summary>
internal enum Scope
{
    None,
    Column,
    Row,
}
