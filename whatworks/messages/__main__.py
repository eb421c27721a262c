"""`python -m whatworks.messages extract|compile|fill FILE...`; `make messages` is the first."""

import sys

from whatworks.messages import catalogue


def main(arguments):
    """Run one command and return the exit status."""
    match arguments:
        case ["extract"]:
            welsh = catalogue.brought_up_to_date(catalogue.read())
            catalogue.write(welsh)
        case ["fill", *files] if files:
            welsh = catalogue.brought_up_to_date(catalogue.read())
            for file in files:
                print(f"{file}: {catalogue.fill(welsh, file)} filled")
            catalogue.write(welsh)
        case ["compile"]:
            catalogue.compile_catalogue()
            return 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    missing = catalogue.untranslated(welsh)
    print(f"{len(welsh)} strings, {len(missing)} of them not in Welsh yet.")
    for message in missing[:20]:
        print(f"  {message.locations[0][0]}: {message.id}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
