using Npgsql;

namespace Plr.Bench;

/// <summary>A fresh database on the server of the tests.</summary>
internal static class PostgresDatabase
{
    public static async Task CreateAsync(string server, string name)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name}";
        await command.ExecuteNonQueryAsync();
    }
}
