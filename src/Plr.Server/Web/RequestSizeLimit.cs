using Microsoft.AspNetCore.Http.Metadata;

namespace Plr.Server.Web;

/// <summary>The largest body that an endpoint takes, in bytes; without it, the server's own limit.</summary>
internal sealed class RequestSizeLimit(long bytes) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => bytes;
}
