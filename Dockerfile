# One image with the silo and the console client, both on Microsoft Orleans.
#
#   docker build -t asynctour .
#   docker run --rm asynctour --help                                       the silo
#   docker run --rm --entrypoint dotnet asynctour client/asynctour.dll tour     the client, with a silo of its own

FROM mcr.microsoft.com/dotnet/sdk:10.0.100 AS build
WORKDIR /source

# What restoring needs comes first: as long as no reference changes, the downloads below come from the cache.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Concurrency/*.csproj src/Concurrency/
COPY src/Tracing/*.csproj src/Tracing/
COPY src/Grains/*.csproj src/Grains/
COPY src/Silo/*.csproj src/Silo/
COPY src/Client/*.csproj src/Client/
RUN dotnet restore src/Client -p:Engine=Orleans

COPY .editorconfig ./
COPY src src
RUN dotnet publish src/Silo -c Release -p:Engine=Orleans -o /app/silo \
 && dotnet publish src/Client -c Release -p:Engine=Orleans -o /app/client

FROM mcr.microsoft.com/dotnet/aspnet:10.0.0 AS final
WORKDIR /app
COPY --from=build /app .

# Traces in files, for those who want them: --traces /traces with a volume there.
RUN mkdir /traces && chown $APP_UID /traces

# The image's own user, who owns nothing and may become nobody else.
USER $APP_UID
ENTRYPOINT ["dotnet", "silo/AsyncTour.Silo.dll"]
