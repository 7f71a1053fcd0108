"""Names for invented children: surnames that are plants, birds and tools, forenames from many languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SURNAMES = """
Alder Anvil Appletree Ashling Aspen Auger Avocet Awl Barley Bellflower Billhook Bittern Blackthorn Bluebell Bobbin
Bradawl Bramble Brambling Bryony Bullfinch Bulrush Burdock Buttercup Buzzard Calliper Campion Cedar Celandine
Chaffinch Chisel Clover Cobnut Coltsfoot Comfrey Coppice Cornflower Cowslip Crabapple Crowbar Cuckoo Curlew Damson
Dibber Dipper Dogwood Dovetail Dunlin Dunnock Egret Elderflower Falcon Fennel Fescue Fieldfare Figwort Finch
Firecrest Flax Foxglove Fretsaw Furze Gannet Gentian Gimlet Goldcrest Goldfinch Gorse Goshawk Grebe Greenfinch
Guillemot Harebell Harrier Hawfinch Hawthorn Hazelnut Heather Hemlock Heron Hobby Honeysuckle Hornbeam Jackdaw
Juniper Kestrel Kingcup Kittiwake Knapweed Lapwing Larkspur Laurel Linnet Lovage Lupin Mallet Mallow Marigold
Marjoram Meadowsweet Medlar Merlin Mistletoe Mugwort Nettle Nightjar Nuthatch Oatgrass Osprey Ouzel Oxlip Partridge
Periwinkle Pimpernel Pintail Pipit Plover Primrose Puffin Quail Ragwort Redshank Redstart Redwing Rowan Rushes
Sandpiper Saxifrage Scabious Sedge Shearwater Shrike Siskin Skylark Snipe Sorrel Spanner Speedwell Spindle
Spirit-Level Sprocket Starling Stonechat Sundew Swallow Sycamore Tamarisk Tansy Teasel Thistlewood Thyme Toadflax
Treecreeper Trowel Turnstone Valerian Vetch Wagtail Warbler Waxwing Wheatear Whimbrel Whinchat Whitethroat Wigeon
Willowherb Woodruff Wrench Yarrow Yellowhammer Okonkwo-Fern O'Bracken O'Rowan D'Aubépine MacThistle Fitz-Heron
Müller-Moss Ní-Lus Świerk Łopata-Green Nightingale-Featherstonehaugh Saint-Hazel van-der-Reed Al-Zaytun Abiodun-Sage
Kaur-Marigold
"""

_GIRLS = """
Aaliyah Abena Adaeze Agnieszka Aïcha Aisha Alice Amara Amelia Amina Anaïs Anjali Anwen Asha Ayesha Beatrice Bethan
Bronwen Caitlín Chanel Chiamaka Chloë Daisy Daniela Divya Đan Ebony Efua Eilidh Eleni Elif Ella Emily Erin Esme Eve
Fatima Fatou Florence Freya Gabriela Grace Gurpreet Habiba Hafsa Hana Harriet Hawa Hodan Imogen Inés Ines Isla
Jasmine Jaya Jessica Kezia Khadija Kiran Laila Layla Léa Leyla Lily Lucy Łucja Magda Maisie Małgorzata Mariam Martha
Matilda Mei Mia Molly Nadia Naomi Neha Ngozi Nia Niamh Noor Olivia Oluwaseun Orla Phoebe Poppy Priya Rhiannon Rosa
Ruby Saanvi Safiya Saoirse Sara Scarlett Siân Simran Sofía Sumaya Tegan Thandiwe Tilly Valentina Wiktoria Xin-Yi
Yasmin Yuki Zahra Zainab Zoë Zofia Žofie Anna-Maria Mary-Ellen
"""

_BOYS = """
Aaron Abdi Abdullahi Adam Adewale Ahmed Aidan Alfie Ali Amir Andrei Antoni Archie Arjun Arthur Ayaan Benjamin Bilal
Błażej Callum Charlie Chidi Connor Daniel Dàibhidh Dariusz Dev Dewi Đức Dylan Edward Eesa Elijah Emeka Emre Ethan
Evan Faisal Felix Finlay François Freddie George Gethin Hamza Harley Harpreet Harry Hassan Henry Hugo Ibrahim Idris
Ismail Ivan Jack Jacob Jamal Jayden João Joseph Joshua Jun-Ho Kacper Kai Karim Kofi Kwame Leo Leon Liam Logan Louis
Luca Luke Łukasz Mateusz Matthew Maxwell Mohammed Musa Nathan Nikhil Noah Oisín Oliver Omar Oscar Owen Pádraig
Patrick Piotr Rafael Ravi Rayyan Reuben Rhys Rohan Ryan Said Samuel Sebastián Sergio Sipho Søren Stanley Tariq Theo
Thomas Tobias Tunde Umar Vikram William Xavier Yaw Yusuf Zachary Zayn Jean-Luc Abdul-Rahman
"""

SURNAMES, GIRLS, BOYS = (tuple(words.split()) for words in (_SURNAMES, _GIRLS, _BOYS))


class Register:
    """Hands out full names, so that no two children are called the same unless a story wants it."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._taken: set[tuple[str, str]] = set()

    def keep(self, surname: str, forename: str) -> None:
        """Take a name out of the hat, because a story uses it."""
        self._taken.add((surname, forename))

    def draw(self, gender: str) -> tuple[str, str]:
        """A surname and a forename that no other child of the school has."""
        while True:
            name = self._chance.choice(SURNAMES), self._chance.choice(GIRLS if gender == "F" else BOYS)
            if name not in self._taken:
                self._taken.add(name)
                return name
